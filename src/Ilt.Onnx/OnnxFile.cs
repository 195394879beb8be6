using Onnx;

namespace Ilt.Onnx;

/// <summary>A finished graph with its versions and metadata.</summary>
internal static class OnnxFile
{
    // That of ONNX 1.13, whose operators these are.
    private const int IrVersion = 8;

    public static ModelProto Of(OnnxGraph graph, OnnxMetadata metadata)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "Ilt.MLNet",
            ProducerVersion = OnnxMetadata.Version,
            Graph = graph.Proto,
            OpsetImport =
            {
                new OperatorSetIdProto { Domain = "", Version = OnnxGraph.Opset },
                new OperatorSetIdProto { Domain = OnnxGraph.TableDomain, Version = OnnxGraph.TableOpset },
            },
        };
        model.MetadataProps.Add(metadata.Entries());
        return model;
    }
}

using Ilt.MLNet;
using Microsoft.ML;

namespace Ilt.Onnx;

/// <summary>Adds the export of models to <c>mlContext.MultiTask</c>.</summary>
public static class OnnxExtensions
{
    extension(MultiTaskCatalog catalog)
    {
        /// <summary>
        /// Writes a pipeline that holds a <see cref="MultiTaskTransformer"/> to an ONNX file (opset 18): the ML.NET steps before the network, the
        /// network, and the scales of its outputs, with a dynamic number of rows.
        /// </summary>
        /// <param name="model">A fitted or loaded pipeline, or the transformer alone.</param>
        /// <param name="inputSchema">The columns that the pipeline was fitted on.</param>
        /// <param name="path">The file; replaced where it exists, and written whole or not at all.</param>
        /// <param name="options">What it takes, in what precision its weights are kept, and names; null = the defaults.</param>
        /// <returns>The names of inputs and outputs.</returns>
        /// <exception cref="ArgumentException">An option is outside its range, or the columns are not those of the pipeline.</exception>
        /// <exception cref="InvalidOperationException">The pipeline holds no multi-task transformer, or more than one.</exception>
        /// <exception cref="NotSupportedException">
        /// The network is of the user's own, its weights are more than a file can hold, or a step before it is none of those that can be exported;
        /// the message says which.
        /// </exception>
        public OnnxExport ExportOnnx(ITransformer model, DataViewSchema inputSchema, string path, OnnxExportOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(catalog);
            ArgumentException.ThrowIfNullOrEmpty(path);
            var temporary = $"{path}.{Environment.ProcessId}.tmp";
            try
            {
                OnnxExport export;
                using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write)) export = catalog.ExportOnnx(model, inputSchema, stream, options);
                File.Move(temporary, path, overwrite: true);
                return export;
            }
            finally
            {
                File.Delete(temporary);
            }
        }

        /// <summary>Writes to a stream what <see cref="ExportOnnx(MultiTaskCatalog, ITransformer, DataViewSchema, string, OnnxExportOptions)"/> writes to a file.</summary>
        /// <param name="model">A fitted or loaded pipeline, or the transformer alone.</param>
        /// <param name="inputSchema">The columns that the pipeline was fitted on.</param>
        /// <param name="stream">Stays open.</param>
        /// <param name="options">What it takes, in what precision its weights are kept, and names; null = the defaults.</param>
        /// <returns>The names of inputs and outputs.</returns>
        /// <exception cref="ArgumentException">An option is outside its range, or the columns are not those of the pipeline.</exception>
        /// <exception cref="InvalidOperationException">The pipeline holds no multi-task transformer, or more than one.</exception>
        /// <exception cref="NotSupportedException">See there.</exception>
        public OnnxExport ExportOnnx(ITransformer model, DataViewSchema inputSchema, Stream stream, OnnxExportOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(catalog);
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(inputSchema);
            ArgumentNullException.ThrowIfNull(stream);
            return new OnnxExporter(model, inputSchema, options ?? new OnnxExportOptions()).Write(stream);
        }
    }
}

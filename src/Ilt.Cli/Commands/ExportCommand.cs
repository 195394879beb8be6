using System.CommandLine;
using Ilt.Cli.Output;
using Ilt.Cli.Pipeline;
using Ilt.Onnx;
using Ilt.Torch;

namespace Ilt.Cli.Commands;

/// <summary><c>ilt export</c>: a saved model as an ONNX file.</summary>
internal static class ExportCommand
{
    /// <summary>The word of the command line.</summary>
    public const string Name = "export";

    /// <summary>What it does, in one line.</summary>
    public const string Description = "Write a model as an ONNX file, for Python and other languages; tasks of the kind vertices are left out";

    private static readonly string[] Precisions = [.. Enum.GetNames<OnnxPrecision>().Select(name => name.ToLowerInvariant())];

    /// <summary>The command with its options.</summary>
    public static Command Create(CliContext context)
    {
        var run = OptionValues.Argument("RUN", "The --out folder of ilt flag, or a model.zip that it wrote");
        var output = OptionValues.Argument("FILE", "The ONNX file to write");
        var network = new Option<bool>("--network-only") { Description = "Leave the preparation of the features out: the file takes the vector that the network reads (images: always so)" };
        var precision = OptionValues.Text("--precision", "In what numbers weights are kept: float32, or float16 for half the file and three digits (default: float32)", "float32|float16");
        var command = new Command(Name, Description) { run, output, network, precision };
        command.SetAction(parse => Run(
            context, parse.GetRequiredValue(run), parse.GetRequiredValue(output), parse.GetValue(network), Enum.Parse<OnnxPrecision>(parse.OneOf(precision, Precisions) ?? Precisions[0], ignoreCase: true)));
        return command;
    }

    /// <summary>Runs the command.</summary>
    public static int Run(CliContext context, string run, string outPath, bool networkOnly = false, OnnxPrecision precision = OnnxPrecision.Float32)
    {
        var modelPath = Directory.Exists(run) ? Path.Combine(run, SavedModel.FileName) : run;
        AtomicFile.RequireWritable(outPath, "FILE");
        AtomicFile.RequireOther(outPath, "FILE", modelPath);
        using var model = SavedModel.Load(modelPath);
        var options = new OnnxExportOptions
        {
            Input = networkOnly ? OnnxInput.Network : OnnxInput.Columns,
            Precision = precision,
            InputName = model.ImageColumn ?? (networkOnly ? "features" : null),
            Names = Names(model.Trained.Model.Tasks, model.Trained.GetOutputNames, RunTaskNames.Read(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(modelPath))!, RunRecord.FileName))),
        };
        OnnxExport? export = null;
        AtomicFile.Write(outPath, stream => export = model.Export(stream, options));
        context.Out.WriteLine($"inputs: {string.Join(", ", export!.Inputs)}");
        context.Out.WriteLine($"outputs: {string.Join(", ", export.Outputs)}");
        if (export.LeftOut.Count > 0)
            context.Out.WriteLine($"left out: {string.Join(", ", export.LeftOut)}, computed from the predictions of other tasks; compute it from the outputs");
        context.Out.WriteLine(FormattableString.Invariant($"written: {outPath} ({new FileInfo(outPath).Length / 1024.0:F0} KiB)"));
        return ExitCodes.Done;
    }

    // The pipeline knows the classes of labels that are classes, in its own order; label columns and the classes of masks stand in run.json only.
    private static Dictionary<string, OnnxTaskNames> Names(IReadOnlyList<TaskDefinition> tasks, Func<string, IReadOnlyList<string>?> known, IReadOnlyList<RunTaskNames> recorded) => recorded
        .SelectMany(record => tasks.Where(task => task.Name == record.Name).Select(task => (Record: record, Task: task)))
        .ToDictionary(pair => pair.Task.Name, pair => new OnnxTaskNames
        {
            Label = string.Join(",", pair.Record.Columns),
            Outputs = pair.Record switch
            {
                { Classes: null, Columns.Count: > 1 } when pair.Record.Columns.Count == pair.Task.Channels => pair.Record.Columns,
                { Classes: { } classes } when classes.Count == pair.Task.Channels && known(pair.Task.Name) is null => classes,
                _ => null,
            },
        });
}

using System.Text.Json;
using Ilt.Cli.Images;
using Ilt.Cli.Output;
using Ilt.Torch;

namespace Ilt.Cli.Pipeline;

/// <summary>
/// What a run keeps in its folder until its results are written: the command line that it goes on with, and the checkpoints of the training.
/// </summary>
internal sealed class UnfinishedRun(string folder)
{
    /// <summary>The folder of checkpoints within the output folder.</summary>
    public const string FolderName = "checkpoint";

    private const string CommandFileName = "command.json";

    /// <summary>Where the training keeps its checkpoints.</summary>
    public string Checkpoints { get; } = Path.Combine(folder, FolderName);

    private string CommandFile => Path.Combine(Checkpoints, CommandFileName);

    /// <summary>Whether a run began here and did not end.</summary>
    public bool Exists => File.Exists(CommandFile) || CheckpointOptions.Exists(Checkpoints);

    /// <summary>Whether there is a state of the training to go on with.</summary>
    public bool HasState => CheckpointOptions.Exists(Checkpoints);

    /// <summary>
    /// Writes down how to go on, before the work begins; what a run left whose checkpoint is there stays, for it may be another one. Where writing is
    /// impossible, the run goes on without.
    /// </summary>
    /// <returns>What went wrong, or null.</returns>
    public string? Begin(IReadOnlyList<string> arguments)
    {
        if (File.Exists(CommandFile) && CheckpointOptions.Exists(Checkpoints)) return null;
        try
        {
            Directory.CreateDirectory(Checkpoints);
            AtomicFile.Write(CommandFile, stream => JsonSerializer.Serialize(stream, new RecordedCommand(Environment.CurrentDirectory, arguments)));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UserErrorException)
        {
            return e.Message;
        }
    }

    /// <summary>The command line that began the run.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public RecordedCommand Read()
    {
        if (!Directory.Exists(folder)) throw new UserErrorException($"{folder}: there is no such folder; name the --out folder of a run that was interrupted.");
        if (!File.Exists(CommandFile))
            throw new UserErrorException($"{folder}: holds no unfinished run (no {Path.Combine(FolderName, CommandFileName)}){(File.Exists(Path.Combine(folder, RunRecord.FileName)) ? "; the run there has ended" : "")}. Name the --out folder of a run that was interrupted.");
        try
        {
            using var stream = File.OpenRead(CommandFile);
            return JsonSerializer.Deserialize<RecordedCommand>(stream) ?? throw new JsonException("it is empty");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"{CommandFile}: is damaged ({e.Message.TrimEnd('.')}); start the command of the run again, which finds its checkpoint by itself.", e);
        }
    }

    /// <summary>Forgets a run that ended before there was anything to go on with.</summary>
    public void DeleteUnlessKept()
    {
        if (Directory.Exists(Checkpoints) && !CheckpointOptions.Exists(Checkpoints)) Delete();
    }

    /// <summary>Forgets the run: its results are written, or it is not wanted.</summary>
    public void Delete()
    {
        try
        {
            if (Directory.Exists(Checkpoints))
            {
                File.Delete(CommandFile);
                AtomicFile.RemoveLeftovers(Checkpoints);
            }
            CheckpointOptions.Delete(Checkpoints);
            if (Directory.Exists(folder))
                AtomicFile.RemoveLeftovers(folder, RegionFiles.FolderName, BodyPictureFiles.FolderName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{Checkpoints}: cannot be deleted ({e.Message.TrimEnd('.')}); delete it by hand.", e);
        }
    }
}

/// <summary>A command line and where it was given.</summary>
/// <param name="WorkingFolder">The folder that its relative paths start from.</param>
/// <param name="Arguments">The words after <c>ilt</c>.</param>
internal sealed record RecordedCommand(string WorkingFolder, IReadOnlyList<string> Arguments);

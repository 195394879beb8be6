using Ilt.Torch;

namespace Ilt.Cli.Pipeline;

/// <summary>Where the network is trained: as asked, as it came to be, and what to say about it.</summary>
internal sealed record DevicePlan(TrainingDevice Asked, TrainingDevice Used, string? Note)
{
    /// <summary>The CPU.</summary>
    public static DevicePlan Cpu { get; } = new(TrainingDevice.Cpu, TrainingDevice.Cpu, null);

    /// <summary>Reads the value of --device; null: the CPU.</summary>
    /// <exception cref="UserErrorException">It is no device, or one that is not there.</exception>
    public static DevicePlan Read(string? text)
    {
        if (text is null)
            return Cpu;
        try
        {
            var asked = TrainingDevice.Parse(text);
            string? note = null;
            return new DevicePlan(asked, asked.Resolve(said => note = said), note);
        }
        catch (FormatException)
        {
            throw new UserErrorException($"--device {text}: expected auto, cpu, cuda, or cuda:N with N from 0.");
        }
        catch (InvalidOperationException e)
        {
            throw new UserErrorException($"--device {text}: {e.Message}", e);
        }
    }
}

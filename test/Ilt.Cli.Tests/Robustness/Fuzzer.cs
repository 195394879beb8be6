using System.Diagnostics;
using CsCheck;

namespace Ilt.Cli.Tests.Robustness;

/// <summary>Gives changed files to a reader. Every input follows from the seed and its number alone.</summary>
internal sealed class Fuzzer(Reader reader, ulong seed)
{
    /// <summary>No input may take as long; what does hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Inputs that were read without complaint.</summary>
    public int Accepted { get; private set; }

    /// <summary>Inputs that were refused as documented.</summary>
    public int Refused { get; private set; }

    /// <summary>The most that was allocated for one.</summary>
    public long MostBytes { get; private set; }

    /// <summary>The longest that one took.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>What went wrong, one line each.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>The input of a number.</summary>
    public byte[] Input(int number)
    {
        var random = new PCG((uint)number, seed);
        var file = reader.Seeds[number % reader.Seeds.Length];
        var changes = Change.Several.Generate(random, null, out _);
        byte[] Apply(byte[] bytes) => changes.Aggregate(bytes, (changed, change) => change.Of(changed));
        // Half of the inputs of each seed.
        var deep = number / reader.Seeds.Length % 2 == 1;
        if (deep && reader.IsZip) return Repairs.InZip(file, random.Next(), Apply);
        var result = Apply(file);
        return deep && reader.Repair is { } repair ? repair([.. result]) : result;
    }

    /// <summary>Reads the input of a number.</summary>
    public void Run(int number)
    {
        var input = Input(number);
        Exception? thrown = null;
        var bytes = 0L;
        var clock = Stopwatch.StartNew();
        var work = Task.Factory.StartNew(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    reader.Read(input);
                }
                catch (Exception e)
                {
                    thrown = e;
                }

                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            }, TaskCreationOptions.LongRunning);
        var ended = work.Wait(Patience);
        if (clock.Elapsed > Longest) Longest = clock.Elapsed;
        if (bytes > MostBytes) MostBytes = bytes;
        if (!ended) Faults.Add($"{reader.Name}, input {number}: hangs");
        else if (bytes > reader.MostBytes) Faults.Add($"{reader.Name}, input {number}: allocated {bytes >> 20} MiB");
        else if (thrown is null) Accepted++;
        else if (!reader.IsDocumented(thrown)) Faults.Add($"{reader.Name}, input {number}: {thrown.GetType().Name}: {UserErrorException.OneLine(thrown.Message)} {thrown.StackTrace?.Split('\n')[0].Trim()}");
        else if (thrown.Message.Trim().Length == 0) Faults.Add($"{reader.Name}, input {number}: {thrown.GetType().Name} without a message");
        else Refused++;
    }
}

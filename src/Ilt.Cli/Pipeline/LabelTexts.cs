using System.Text;
using Ilt.Cli.Tables;
using Ilt.Cli.Tasks;

namespace Ilt.Cli.Pipeline;

/// <summary>
/// The labels of one task as the file has them, for readers that go through the rows in any order: they are gathered in the order of the file first, since a file
/// that memory does not hold would be read again for every row otherwise.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="rows">Its rows.</param>
/// <param name="mostBytes">Bytes of texts to gather at most; longer labels are looked up one by one.</param>
internal sealed class LabelTexts(SourceText source, int rows, long mostBytes = LabelTexts.MostBytes)
{
    private const long MostBytes = 512L << 20;

    // Texts of so many rows lie in one array, so that none of them is longer than an array may be.
    private const int RowsTogether = 1 << 16;
    private const int RowsBetween = 1 << 18;

    private readonly byte[]?[] texts = new byte[(rows + RowsTogether - 1) / RowsTogether][];
    private readonly int[] ends = new int[rows];
    private TaskLabel label = null!;
    private bool isGathered;
    private int looked;

    /// <summary>The label of a row, UTF-8; until another one is asked for.</summary>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            if (!isGathered)
                return LookUp(row);
            var start = row % RowsTogether == 0 ? 0 : ends[row - 1];
            return texts[row / RowsTogether].AsSpan(start, ends[row] - start);
        }
    }

    /// <summary>Takes the labels of a task.</summary>
    public void Take(TaskLabel task)
    {
        label = task;
        Array.Clear(texts);
        isGathered = false;
        var (bytes, all) = (new byte[1 << 20], 0L);
        for (var part = 0; part < texts.Length; part++)
        {
            var length = 0;
            for (var row = part * RowsTogether; row < Math.Min(rows, (part + 1) * RowsTogether); row++)
            {
                GiveBackNowAndThen(row);
                var text = task.GivenText(row);
                while (length + Encoding.UTF8.GetMaxByteCount(text.Length) > bytes.Length)
                    Array.Resize(ref bytes, 2 * bytes.Length);
                ends[row] = length += Encoding.UTF8.GetBytes(text, bytes.AsSpan(length));
            }

            if ((all += length) > mostBytes)
            {
                Array.Clear(texts);
                return;
            }

            texts[part] = bytes[..length];
        }

        source.GiveBack(withRest: false);
        isGathered = true;
    }

    private ReadOnlySpan<byte> LookUp(int row)
    {
        GiveBackNowAndThen(++looked);
        return Encoding.UTF8.GetBytes(label.GivenText(row));
    }

    private void GiveBackNowAndThen(int number)
    {
        if ((number + 1) % RowsBetween == 0)
            source.GiveBack(withRest: false);
    }
}

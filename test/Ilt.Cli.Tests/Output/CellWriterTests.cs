using CsvHelper;
using Ilt.Cli.Output;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Tests.Output;

/// <summary>Cells are the bytes that their texts would be.</summary>
public sealed class CellWriterTests
{
    [Test]
    public void Write_AnyNumbersAndTexts_AreWrittenAsTheirTexts([Values] bool isSafe)
    {
        var random = new Random(1);
        float[] numbers = [0f, -0f, 1e-5f, 1e16f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, float.MinValue, .. Enumerable.Range(0, 2000).Select(_ => BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32)))];
        string[] texts = ["", "x", "a,b", "say \"x\"", "=1+1", "-3", "-x", "'=", "größe", " y ", "two\nlines"];
        using var found = new MemoryStream();
        using var expected = new MemoryStream();
        using (var writer = CsvWriter.Create(found, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        using (var plain = CsvWriter.Create(expected, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            var cells = new CellWriter(writer, isSafe);
            for (var i = 0; i < numbers.Length; i++)
            {
                var text = texts[i % texts.Length];
                cells.Whole(i - 5);
                cells.Number(numbers[i]);
                cells.Text(text);
                cells.Text(System.Text.Encoding.UTF8.GetBytes(text));
                cells.EndRecord();
                foreach (var cell in (string[])[FormattableString.Invariant($"{i - 5}"), Numbers.Format(numbers[i]), text, text])
                    plain.WriteField(isSafe ? CsvSafe.Escape(cell) : cell);
                plain.EndRecord();
            }
        }

        Assert.That(found.ToArray(), Is.EqualTo(expected.ToArray()));
    }
}

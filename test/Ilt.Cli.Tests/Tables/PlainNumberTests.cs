using System.Globalization;
using System.Text;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Tests.Tables;

/// <summary>Numbers are those of .NET, to the last bit.</summary>
public sealed class PlainNumberTests
{
    [TestCase("0")]
    [TestCase("-0")]
    [TestCase("-0.0")]
    [TestCase("007")]
    [TestCase(".5")]
    [TestCase("5.")]
    [TestCase("-")]
    [TestCase(".")]
    [TestCase("-.")]
    [TestCase("1.2.3")]
    [TestCase("1-2")]
    [TestCase("1e5")]
    [TestCase("1e")]
    [TestCase("1e400")]
    [TestCase("9007199254740992")]
    [TestCase("9007199254740993")]
    [TestCase("9007199254740995")]
    [TestCase("18446744073709551617")]
    [TestCase("0.1234567890123456789")]
    [TestCase("0.00000000000000000000001")]
    [TestCase("00000000000000000000000000001.5")]
    [TestCase("1 ")]
    [TestCase("1,5")]
    [TestCase("-nan")]
    [TestCase("")]
    public void TryParse_AnyText_IsAsDotNetReadsIt(string text) => RequireSame(text);

    [Test]
    public void TryParse_RandomTexts_AreAsDotNetReadsThem()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var (whole, decimals) = (random.Next(0, 12), random.Next(0, 14));
            var text = new StringBuilder(random.Next(3) == 0 ? "-" : "");
            for (var k = 0; k < whole; k++) text.Append((char)('0' + random.Next(10)));
            if (decimals > 0) text.Append('.');
            for (var k = 0; k < decimals; k++) text.Append((char)('0' + random.Next(10)));
            if (random.Next(10) == 0) text.Insert(random.Next(text.Length + 1), "-+.eE, x"[random.Next(8)]);
            RequireSame(text.ToString());
        }
    }

    private static void RequireSame(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var isNumber = double.TryParse(bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out var expected);
        Assert.That(PlainNumber.TryParse(bytes, out var found), Is.EqualTo(isNumber), text);
        Assert.That(BitConverter.DoubleToInt64Bits(found), Is.EqualTo(BitConverter.DoubleToInt64Bits(expected)), text);
    }
}

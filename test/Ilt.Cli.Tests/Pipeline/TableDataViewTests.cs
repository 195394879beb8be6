using Ilt.Cli.Pipeline;
using Microsoft.ML;

namespace Ilt.Cli.Tests.Pipeline;

public sealed class TableDataViewTests
{
    [Test]
    public void Cursor_BeforeAndAfterTheRows_StandsOnNone()
    {
        IDataView view = new TableDataView([ViewColumn.Numbers("x", [1, 2, 3])], [2, 0]);
        using var cursor = view.GetRowCursor(view.Schema);
        var read = cursor.GetGetter<float>(view.Schema["x"]);
        var value = 0f;

        Assert.That(cursor.Position, Is.EqualTo(-1));
        var rows = new List<(long, float)>();
        while (cursor.MoveNext())
        {
            read(ref value);
            rows.Add((cursor.Position, value));
        }

        Assert.That(rows, Is.EqualTo(new[] { (0L, 3f), (1L, 1f) }));
        Assert.That((cursor.MoveNext(), cursor.Position), Is.EqualTo((false, -1L)));
        Assert.That(() => read(ref value), Throws.InvalidOperationException.With.Message.Contains("stands on no row"));
    }
}

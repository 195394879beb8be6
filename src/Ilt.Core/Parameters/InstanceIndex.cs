using System.Collections;
using System.Globalization;

namespace Ilt.Parameters;

/// <summary>Maps the user's row ids to dense row numbers 0 .. <see cref="Count"/>-1, in the order given.</summary>
/// <remarks>Ids are compared ordinally. Immutable, hence safe to read from several threads.</remarks>
public sealed class InstanceIndex
{
    private readonly Dictionary<string, int>? rows;

    /// <summary>Indexes a list of ids.</summary>
    /// <param name="ids">One id per row; unique and not empty. The list is copied.</param>
    /// <exception cref="DuplicateIdException">An id appears twice.</exception>
    /// <exception cref="ArgumentException">An id is empty.</exception>
    public InstanceIndex(IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var copy = new string[ids.Count];
        rows = new Dictionary<string, int>(copy.Length, StringComparer.Ordinal);
        for (var row = 0; row < copy.Length; row++)
        {
            var id = ids[row];
            if (string.IsNullOrEmpty(id))
                throw new ArgumentException(FormattableString.Invariant(
                    $"Row {row + 1} has an empty id. Give every row an id, or name no id column to number the rows."), nameof(ids));
            if (!rows.TryAdd(id, row))
                throw new DuplicateIdException(id, rows[id] + 1, row + 1);
            copy[row] = id;
        }

        Ids = copy;
    }

    private InstanceIndex(int count) => Ids = new PositionIds(count);

    /// <summary>An index for data without an id column: the ids are "1", "2", .. in row order.</summary>
    /// <param name="count">Number of rows, at least 0.</param>
    /// <returns>An index that stores nothing per row.</returns>
    public static InstanceIndex FromPositions(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new InstanceIndex(count);
    }

    /// <summary>Number of rows.</summary>
    public int Count => Ids.Count;

    /// <summary>All ids in row order.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The id of a row.</summary>
    /// <param name="row">Row number, from 0.</param>
    public string this[int row] => Ids[row];

    /// <summary>Looks up the row of an id.</summary>
    /// <param name="id">The id; ordinal comparison, no trimming.</param>
    /// <param name="row">The row number, from 0; -1 when the id is unknown.</param>
    /// <returns>Whether the id is known.</returns>
    public bool TryGetRow(string id, out int row)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (rows is null)
            return TryParsePosition(id, out row);
        if (rows.TryGetValue(id, out row))
            return true;
        row = -1;
        return false;
    }

    private bool TryParsePosition(string id, out int row)
    {
        // Only the canonical spelling is an id: "07" and "+7" are not "7".
        if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            && position >= 1 && position <= Count && id[0] != '0')
        {
            row = position - 1;
            return true;
        }

        row = -1;
        return false;
    }

    private sealed class PositionIds(int count) : IReadOnlyList<string>
    {
        public int Count => count;

        public string this[int index]
        {
            get
            {
                ArgumentOutOfRangeException.ThrowIfNegative(index);
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
                return (index + 1).ToString(CultureInfo.InvariantCulture);
            }
        }

        public IEnumerator<string> GetEnumerator()
        {
            for (var row = 0; row < count; row++)
                yield return this[row];
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

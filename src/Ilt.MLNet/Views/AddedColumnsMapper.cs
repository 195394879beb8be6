using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// Adds columns to rows: the plumbing that ML.NET's own transforms inherit and other libraries must bring. A subclass says which
/// input columns it reads and makes the getters; state lives in the getters, so that every row and cursor has its own.
/// </summary>
internal abstract class AddedColumnsMapper : IRowToRowMapper
{
    protected AddedColumnsMapper(DataViewSchema input, IEnumerable<DataViewSchema.DetachedColumn> added)
    {
        InputSchema = input;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input); // keeps the indices, so that column i of the input is column i of the output
        builder.AddColumns(added);
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public int AddedCount => OutputSchema.Count - InputSchema.Count;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => InputColumns(Active(dependingColumns), lookahead: false);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!ReferenceEquals(input.Schema, InputSchema))
            throw new ArgumentException("The row has another schema than the one this mapper was made for; make a mapper for the row's schema.", nameof(input));
        var active = Active(activeColumns);
        return new AddedColumnsRow(input, this, active, CreateGetters(input, ActiveAdded(active), null));
    }

    /// <summary>Flags over the output columns.</summary>
    internal bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        var active = new bool[OutputSchema.Count];
        foreach (var column in columns)
            if (column.Index < active.Length) active[column.Index] = true;
        return active;
    }

    /// <summary>The input columns to ask for: those passed through, and those that the active added columns are computed from.</summary>
    internal DataViewSchema.Column[] InputColumns(bool[] active, bool lookahead)
    {
        var needed = active[..InputSchema.Count];
        foreach (var index in Dependencies(ActiveAdded(active), lookahead)) needed[index] = true;
        return [.. InputSchema.Where(c => needed[c.Index])];
    }

    internal bool[] ActiveAdded(bool[] active) => active[InputSchema.Count..];

    /// <summary>Whether rows may come in another order than the view's own.</summary>
    internal virtual bool CanShuffle => true;

    /// <summary>Whether a cursor may be opened a second time to compute the active added columns several rows at a time.</summary>
    internal virtual bool CanLookAhead(bool[] activeAdded) => false;

    /// <summary>Input columns that the getters read from the row itself.</summary>
    /// <param name="activeAdded">Which added columns are wanted.</param>
    /// <param name="lookahead">Whether the getters will be made over a view they can look ahead in.</param>
    protected abstract IEnumerable<int> Dependencies(bool[] activeAdded, bool lookahead);

    /// <summary>Makes the getters of the active added columns.</summary>
    /// <param name="input">The row or cursor.</param>
    /// <param name="activeAdded">Which added columns are wanted.</param>
    /// <param name="source">The view that <paramref name="input"/> walks in its own order, where the getters may look ahead; otherwise null.</param>
    internal abstract AddedGetters CreateGetters(DataViewRow input, bool[] activeAdded, IDataView? source);
}

/// <summary>Getters of the added columns, null where inactive, and what they hold open.</summary>
internal sealed record AddedGetters(Delegate?[] Getters, IDisposable? Resource = null);

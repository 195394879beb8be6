namespace Ilt.Auditing;

/// <summary>Something about the data beside wrong labels that a user should look at.</summary>
/// <param name="Kind">Short name, as in files, for example "duplicates".</param>
/// <param name="Task">The task that it is about; null: the rows as such.</param>
/// <param name="Title">What was found, in a few words with counts.</param>
/// <param name="Text">What it means and what to do, in one or two sentences.</param>
/// <param name="Groups">The rows, from 0, worst first: rows that belong together stand in one group, others alone.</param>
/// <param name="Count">How many rows or groups there are altogether; <paramref name="Groups"/> may hold the worst of them only.</param>
public sealed record Finding(string Kind, string? Task, string Title, string Text, IReadOnlyList<int[]> Groups, int Count);

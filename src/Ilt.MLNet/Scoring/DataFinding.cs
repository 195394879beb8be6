namespace Ilt.MLNet;

/// <summary>Something about the training rows beside wrong labels that a user should look at.</summary>
/// <param name="Kind">Short name, for example "duplicates"; all are in docs/reference/findings.md.</param>
/// <param name="Task">The task that it is about; null: the rows as such.</param>
/// <param name="Title">What was found, in a few words with counts.</param>
/// <param name="Text">What it means and what to do.</param>
/// <param name="Groups">Ids of the rows, worst first: rows that belong together stand in one group, others alone.</param>
/// <param name="Count">How many rows or groups there are altogether; <paramref name="Groups"/> may hold the worst of them only.</param>
public sealed record DataFinding(string Kind, string? Task, string Title, string Text, IReadOnlyList<IReadOnlyList<string>> Groups, int Count);

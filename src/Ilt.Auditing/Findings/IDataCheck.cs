namespace Ilt.Auditing;

/// <summary>Looks for one kind of thing in the data beside wrong labels.</summary>
public interface IDataCheck
{
    /// <summary>Short name, as in files, for example "duplicates".</summary>
    string Name { get; }

    /// <summary>One sentence: what it looks for, and why that matters.</summary>
    string Summary { get; }

    /// <summary>What it finds; nothing where the evidence that it needs is missing or too little. Equal for equal evidence.</summary>
    /// <param name="evidence">What is known of the data, with lengths that fit.</param>
    /// <param name="cancellation">Stops at the next step.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    IEnumerable<Finding> Find(DataEvidence evidence, CancellationToken cancellation = default);
}

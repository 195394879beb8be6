using Ilt.Torch;

namespace Ilt.MLNet;

/// <summary>What people said of the labels of rows, looked up while these are read.</summary>
internal sealed class LabelReviews
{
    private readonly TrainerSchema schema;
    private readonly Dictionary<string, LabelVerdict?[]> byId = new(StringComparer.Ordinal);
    private readonly HashSet<string> notFound;

    /// <summary>Takes reviews that have been checked by <see cref="Check"/>.</summary>
    public LabelReviews(IReadOnlyList<LabelReview> reviews, TrainerSchema schema)
    {
        this.schema = schema;
        var taskOf = schema.Tasks.Select((task, k) => (task.Task.Name, k)).ToDictionary(entry => entry.Name, entry => entry.k, StringComparer.Ordinal);
        foreach (var review in reviews)
        {
            if (!byId.TryGetValue(review.Id, out var said)) byId[review.Id] = said = new LabelVerdict?[schema.Tasks.Count];
            said[taskOf[review.Task]] = review.Verdict;
        }
        notFound = [.. byId.Keys];
    }

    /// <summary>Checks all that can be without the rows.</summary>
    /// <exception cref="ArgumentException">A review names no task with labels of its own, has no id, or contradicts another one.</exception>
    public static void Check(IReadOnlyList<LabelReview> reviews, IReadOnlyList<TaskColumn> tasks, string option)
    {
        var said = new Dictionary<(string, string), LabelVerdict>();
        foreach (var review in reviews)
        {
            if (review is null) throw new ArgumentException($"{option} holds a null.", option);
            if (string.IsNullOrEmpty(review.Id)) throw new ArgumentException($"{option}: a review of task '{review.Task}' names no row; give its id, or its position from 1 where there is no id column.", option);
            if (!Enum.IsDefined(review.Verdict)) throw new ArgumentException($"{option}: the verdict on row '{review.Id}' is {review.Verdict}; expected Right, Corrected or Wrong.", option);
            var task = tasks.FirstOrDefault(task => task.Name == review.Task)
                ?? throw new ArgumentException($"{option}: the review of row '{review.Id}' is of task '{review.Task}', which there is not; there are {string.Join(", ", tasks.Select(task => $"'{task.Name}'"))}.", option);
            if (!task.Binding.HasColumn)
                throw new ArgumentException($"{option}: task '{review.Task}' has no labels of its own; review those of the tasks that it is computed from.", option);
            if (said.TryGetValue((review.Id, review.Task), out var before) && before != review.Verdict)
                throw new ArgumentException($"{option}: two reviews of row '{review.Id}' for task '{review.Task}' contradict each other ({before} and {review.Verdict}); leave one out.", option);
            said[(review.Id, review.Task)] = review.Verdict;
        }
    }

    /// <summary>What was said of a row, per task; null: nothing.</summary>
    public IReadOnlyList<LabelVerdict?>? Of(string id)
    {
        notFound.Remove(id);
        return byId.GetValueOrDefault(id);
    }

    /// <summary>Refuses reviews of rows that are not there; where rows were skipped, these may be among them.</summary>
    /// <exception cref="ArgumentException">There is such a review.</exception>
    public void RequireAllFound(long skipped)
    {
        if (skipped == 0 && notFound.Count > 0)
            throw new ArgumentException($"{nameof(MultiTaskTrainer.Options.Reviews)}: {notFound.Count} of {byId.Count} reviewed row(s) are not among the training rows, for example '{notFound.Order(StringComparer.Ordinal).First()}'. Name rows by their ids, or by their positions from 1 where there is no id column.");
    }

    /// <summary>Per task the rows that are known to be right; those of a derived task are so where its sources are.</summary>
    /// <param name="said">What was said of each row that was kept.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="idOf">The id of each, for messages.</param>
    /// <exception cref="ArgumentException">A row without a label is said to be right.</exception>
    public IReadOnlyList<bool[]?> KnownRight(IReadOnlyList<IReadOnlyList<LabelVerdict?>?> said, IReadOnlyList<TaskLabels> labels, Func<int, string> idOf)
    {
        var known = new bool[schema.Tasks.Count][];
        for (var k = 0; k < known.Length; k++)
        {
            if (!schema.Tasks[k].Binding.HasColumn) continue;
            var task = k;
            known[k] = [.. said.Select(verdicts => verdicts?[task] is LabelVerdict.Right or LabelVerdict.Corrected)];
            for (var row = 0; row < said.Count; row++)
                if (known[k][row] && !labels[k].IsLabelled(row))
                    throw new ArgumentException($"{nameof(MultiTaskTrainer.Options.Reviews)}: row '{idOf(row)}' has no label for task '{schema.Tasks[k].Task.Name}' that could be right; put one into the column, or leave the review out.");
        }
        for (var k = 0; k < known.Length; k++)
            known[k] ??= [.. Enumerable.Range(0, said.Count).Select(row => schema.SourcesOf(schema.Tasks[k]).All(source => known[source][row]))];
        return known;
    }
}

namespace Ilt.Experiments;

/// <summary>Something in an experiment that its author can put right; the message names the place, what was expected and what was found.</summary>
/// <param name="message">The message.</param>
/// <param name="inner">Its cause; null: none.</param>
public sealed class ExperimentException(string message, Exception? inner = null) : Exception(message, inner);

namespace Ilt.Cli.Tables;

/// <summary>Where a field lies in a line of a table: start and length include its quotes, if any.</summary>
internal readonly record struct FieldSpan(int Start, int Length, string Value, char? Quote);

namespace Ilt.Reports;

/// <summary>
/// By this name .NET notebooks (Polyglot Notebooks, Microsoft.DotNet.Interactive.Formatting) find who formats a type; they look for the
/// convention alone, so no package of theirs is needed.
/// </summary>
/// <param name="formatterSourceType">A type with <c>CreateTypeFormatters</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with <c>CreateTypeFormatters</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>What is shown where nothing else is asked for.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}

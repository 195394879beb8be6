namespace Microsoft.ML;

/// <summary>The exceptions of the library: null, bad parameter, wrong state, broken file.</summary>
internal static class Check
{
    public static void NotNull(object value, string name)
    {
        if (value is null)
            throw new ArgumentNullException(name);
    }

    public static void NotEmpty(string value, string name)
    {
        NotNull(value, name);
        if (value.Length == 0)
            throw new ArgumentOutOfRangeException(name, $"Parameter '{name}' must not be empty");
    }

    public static void Param(bool condition, string name, string message)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(name, message);
    }

    public static void That(bool condition, string message)
    {
        if (!condition)
            throw new InvalidOperationException(message);
    }

    public static void Decode(bool condition, string message)
    {
        if (!condition)
            throw new FormatException(message);
    }

    /// <summary>Refuses what the real library can do and this stand-in cannot.</summary>
    public static void Supported(bool condition, string what)
    {
        if (!condition)
            throw new NotSupportedException($"The stand-in of ML.NET cannot do this: {what}");
    }

    /// <summary>The typed getter, or the exception for a value type that is not the column's raw type.</summary>
    public static ValueGetter<T> Getter<T>(Delegate getter, Data.DataViewType type) =>
        getter as ValueGetter<T> ?? throw new InvalidOperationException(
            $"Invalid TValue in GetGetter: '{typeof(T)}', expected type: '{type.RawType}'.");

    public static void Active(bool active, string columnName)
    {
        if (!active)
            throw new ArgumentOutOfRangeException("column", $"Requested column '{columnName}' is not active or valid for the cursor/row");
    }
}

using System.Globalization;
using Ilt.Cli.Tables;

namespace Ilt.Cli.Pipeline;

/// <summary>What of a date is a feature.</summary>
internal enum DatePart
{
    /// <summary>Days since the first date, times as fractions.</summary>
    Days,

    /// <summary>The day of the week, a category.</summary>
    Weekday,

    /// <summary>The month, a category.</summary>
    Month,

    /// <summary>The hour, a category.</summary>
    Hour,
}

/// <summary>A feature that is made from a column of dates.</summary>
/// <param name="Column">The column.</param>
/// <param name="Part">What of it.</param>
/// <param name="Name">The name of the feature.</param>
internal sealed record DateFeature(string Column, DatePart Part, string Name)
{
    // Half a year has each weekday often enough, and only more than a year has a month twice.
    private const double DaysForWeekdays = 28;
    private const double DaysForMonths = 400;
    private const int FewestHours = 3;

    /// <summary>Whether it is a number.</summary>
    public bool IsNumber => Part == DatePart.Days;

    /// <summary>
    /// The features of a column of dates: the days since the first one always; the weekday where the dates cover four weeks, the month where they
    /// cover more than a year, the hour where times differ. Sets the date from which days are counted.
    /// </summary>
    public static IReadOnlyList<DateFeature> Of(TableColumn column, IReadOnlyCollection<string> taken)
    {
        var dates = Enumerable.Range(0, column.Count).Select(column.Date).OfType<DateTime>().ToArray();
        var (first, last) = (dates.Min(), dates.Max());
        column.CountDaysFrom(first.Date);
        var span = (last - first).TotalDays;
        var parts = new List<DatePart> { DatePart.Days };
        if (span >= DaysForWeekdays && dates.Select(d => d.DayOfWeek).Distinct().Skip(1).Any())
            parts.Add(DatePart.Weekday);
        if (span >= DaysForMonths && dates.Select(d => d.Month).Distinct().Skip(1).Any())
            parts.Add(DatePart.Month);
        if (dates.Select(d => d.Hour).Distinct().Count() >= FewestHours)
            parts.Add(DatePart.Hour);
        return [.. parts.Select(part => new DateFeature(column.Name, part, NameOf(column.Name, part, taken)))];
    }

    /// <summary>The feature of a table's rows.</summary>
    public ViewColumn View(TableColumn column)
    {
        var origin = column.Reading.Origin!.Value;
        var rows = Enumerable.Range(0, column.Count).Select(column.Date);
        return Part == DatePart.Days
            ? ViewColumn.Numbers(Name, rows.Select(date => date is { } d ? (float)(d - origin).TotalDays : float.NaN).ToArray())
            : ViewColumn.Texts(Name, rows.Select(date => date is { } d ? Text(d) : "").ToArray());
    }

    private string Text(DateTime date) => Part switch
    {
        DatePart.Weekday => date.DayOfWeek.ToString(),
        DatePart.Month => date.Month.ToString(CultureInfo.InvariantCulture),
        _ => date.Hour.ToString(CultureInfo.InvariantCulture),
    };

    private static string NameOf(string column, DatePart part, IReadOnlyCollection<string> taken)
    {
        var name = $"{column}.{part.ToString().ToLowerInvariant()}";
        while (taken.Contains(name))
            name += "_";
        return name;
    }
}

namespace Ilt.Reports.Tests;

public class AuditReportTests
{
    [Test]
    public void FormatVersion_IsOne() => Assert.That(new AuditReport
    {
        Title = "t", Created = DateTime.UnixEpoch, Tool = "ilt", Data = "2 rows", IsComplete = true, Notes = [], Warnings = [], Tasks = [], Findings = [],
    }.FormatVersion, Is.EqualTo(1));
}

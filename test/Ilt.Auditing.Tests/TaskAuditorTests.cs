namespace Ilt.Auditing.Tests;

public class TaskAuditorTests
{
    [Test]
    public void WithoutPredictionsByModelsThatHadNotSeenTheRows_NothingIsTold()
    {
        var audit = TaskAuditor.Audit(new TaskEvidence { Task = "kind", Form = LabelForm.Classes, Columns = 2, Given = [0, 1, float.NaN], Scores = [1, 2, float.NaN] });
        Assert.Multiple(() =>
        {
            Assert.That(audit.Share.Estimate, Is.Null);
            Assert.That(audit.Share.CannotTell, Does.Contain("had not seen"));
            Assert.That(audit.ProbabilityWrong, Is.All.NaN);
            Assert.That(audit.IsFlagged, Is.All.False);
        });
    }
}

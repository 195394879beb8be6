using System.Reflection;

namespace Ilt.Examples.Tests;

/// <summary>Keeps the detection table alive: one cell with very few epochs, from the real data to the printed summary.</summary>
public class DetectionTableTests
{
    [Test]
    public void Program_OneSmallCell_WritesEveryDetectorAndResumes()
    {
        if (Environment.GetEnvironmentVariable("ILT_DATA") is not { } data || !Directory.Exists(data))
            Assert.Ignore("needs the real tables: set ILT_DATA to the folder that holds mulan-mtr/ and uci-tabular/");
        else
        {
            var folder = Directory.CreateTempSubdirectory("detection-table").FullName;
            string[] arguments = ["--data", data, "--out", folder, "--sets", "slump", "--fractions", "0.4", "--seeds", "1", "--tasks", "2", "--epochs", "2"];
            Assert.That(Run(arguments), Is.Zero);
            var lines = File.ReadAllLines(Path.Combine(folder, "detection.csv"));
            Assert.Multiple(() =>
            {
                Assert.That(lines.Select(l => l.Split(',')[4]).Distinct(), Is.EquivalentTo(new[] { "ilt", "ilt-s", "equal-last", "equal-mean", "equal-log", "equal-5fold" }));
                Assert.That(lines, Has.Length.EqualTo(12));
                Assert.That(File.ReadAllLines(Path.Combine(folder, "errors.csv")), Has.Length.EqualTo((2 * 5 * 2) + (2 * 2)));
            });
            Run(arguments);
            Assert.That(File.ReadAllLines(Path.Combine(folder, "detection.csv")), Is.EqualTo(lines), "a finished cell is not run again");

            // A process that was killed leaves its claim, and no more than a temporary file beside where the cell belongs.
            var cell = Directory.GetFiles(Path.Combine(folder, "cells")).First(file => !file.Contains("clean"));
            File.WriteAllText(cell, File.ReadAllText(cell)[..40]);
            Run(arguments);
            Assert.That(File.ReadAllLines(Path.Combine(folder, "detection.csv")), Is.EqualTo(lines), "an unfinished cell is run again");
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Run(string[] arguments) =>
        (int)Assembly.Load("DetectionTable").EntryPoint!.Invoke(null, [arguments])!;
}

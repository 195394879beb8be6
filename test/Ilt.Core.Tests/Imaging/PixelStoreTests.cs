namespace Ilt.Imaging;

public sealed class PixelStoreTests
{
    private const int RowBytes = 1 << 20; // four rows to a chunk

    [TestCase(0, TestName = "Read_NoMemory_GivesWhatWasAppended")]
    [TestCase(4L << 20, TestName = "Read_MemoryForTheFirstRows_GivesWhatWasAppended")]
    [TestCase(1L << 30, TestName = "Read_MemoryForAll_GivesWhatWasAppended")]
    public void Read_WhateverTheBudget_GivesWhatWasAppended(long budget)
    {
        using var store = Filled(10, new MemoryBudget(budget));
        var row = new byte[RowBytes];
        Assert.Multiple(() =>
        {
            for (var i = 9; i >= 0; i--)
            {
                store.Read(i, row);
                Assert.That(row.Distinct(), Is.EqualTo(new[] { (byte)i }));
            }
            Assert.That(store.ScratchBytes, Is.EqualTo((10 - Math.Min(10, budget / RowBytes)) * RowBytes));
        });
    }

    [Test]
    public void Append_SharedBudget_StaysWithinIt()
    {
        var budget = new MemoryBudget(8 << 20);
        using var first = Filled(6, budget);
        using var second = Filled(6, budget);
        Assert.Multiple(() =>
        {
            Assert.That(first.MemoryBytes + second.MemoryBytes, Is.EqualTo(budget.Reserved).And.LessThanOrEqualTo(budget.Bytes));
            Assert.That(second.ScratchBytes, Is.EqualTo(6 * RowBytes));
        });
    }

    [Test]
    public void Dispose_WithScratchFile_LeavesNoFileAndGivesTheMemoryBack()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        var budget = new MemoryBudget(4 << 20);
        var store = new PixelStore(RowBytes, budget, folder);
        for (var i = 0; i < 6; i++) store.Append(new byte[RowBytes]);
        store.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(Directory.GetFiles(folder), Is.Empty);
            Assert.That(budget.Reserved, Is.Zero);
        });
        Directory.Delete(folder);
    }

    [Test]
    public void Append_ScratchFile_HasNoNameThatAKillCouldLeaveBehind()
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("there the system deletes the file with its process");
        var folder = Directory.CreateTempSubdirectory().FullName;
        using (var store = new PixelStore(RowBytes, new MemoryBudget(0), folder))
        {
            for (var i = 0; i < 3; i++) store.Append(new byte[RowBytes]);
            Assert.That(store.ScratchBytes, Is.EqualTo(3 * RowBytes));
            Assert.That(Directory.GetFiles(folder), Is.Empty);
        }
        Directory.Delete(folder);
    }

    [Test]
    public void Append_LeftoversOfDeadProcesses_AreRemovedAndThoseInUseStay()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        string Make(string name, int minutes)
        {
            var path = Path.Combine(folder, name);
            File.WriteAllText(path, "pixels");
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-minutes));
            return path;
        }
        var (dead, fresh, foreign, used) = (Make("ilt-pixels-dead", 5), Make("ilt-pixels-fresh", 0), Make("other", 5), Make("ilt-pixels-used", 5));
        using (new FileStream(used, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            File.SetLastWriteTimeUtc(used, DateTime.UtcNow.AddMinutes(-5));
            using var store = new PixelStore(RowBytes, new MemoryBudget(0), folder);
            store.Append(new byte[RowBytes]);
        }
        Assert.That(new[] { dead, fresh, foreign, used }.Select(File.Exists), Is.EqualTo(new[] { false, true, true, true }));
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void Subset_OfASubset_ReadsTheRightRows()
    {
        using var store = Filled(6, new MemoryBudget(4 << 20));
        var subset = store.Subset([5, 0, 3]).Subset([2, 0]);
        var row = new byte[RowBytes];
        subset.Read(0, row);
        var first = row[0];
        subset.Read(1, row);
        Assert.That((subset.Count, first, row[0]), Is.EqualTo((2, (byte)3, (byte)5)));
    }

    [Test]
    public void Read_ManyThreads_GiveWhatWasAppended()
    {
        using var store = Filled(12, new MemoryBudget(4 << 20));
        var wrong = 0;
        Parallel.For(0, 200, i =>
        {
            var row = new byte[RowBytes];
            store.Read(i % 12, row);
            if (row[0] != i % 12 || row[^1] != i % 12) Interlocked.Increment(ref wrong);
        });
        Assert.That(wrong, Is.Zero);
    }

    [Test]
    public void Append_WrongLength_IsRefused() =>
        Assert.That(() => new PixelStore(4).Append(new byte[3]), Throws.ArgumentException.With.Message.Contains("4 bytes, found 3"));

    [Test]
    public void Append_ScratchFolderIsAbsent_NamesIt() =>
        Assert.That(() => new PixelStore(4, new MemoryBudget(0), "/no/such/folder").Append(new byte[4]), Throws.InstanceOf<IOException>().With.Message.Contains("/no/such/folder"));

    private static PixelStore Filled(int rows, MemoryBudget budget)
    {
        var store = new PixelStore(RowBytes, budget);
        var row = new byte[RowBytes];
        for (var i = 0; i < rows; i++)
        {
            Array.Fill(row, (byte)i);
            store.Append(row);
        }
        return store;
    }
}

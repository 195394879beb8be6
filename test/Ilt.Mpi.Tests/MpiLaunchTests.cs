namespace Ilt.Mpi.Tests;

/// <summary>What started a process is read from its environment.</summary>
public class MpiLaunchTests
{
    [Test]
    public void Find_NoMpi_IsAlone() => Assert.That(Find(""), Is.EqualTo(MpiLaunch.Alone));

    [Test]
    public void Find_OneProcessOfMpirun_IsAlone() => Assert.That(Find("OMPI_COMM_WORLD_SIZE=1 OMPI_COMM_WORLD_RANK=0", there: false), Is.EqualTo(MpiLaunch.Alone));

    [Test]
    public void Find_OpenMpi_IsItsRank() =>
        Assert.That(Find("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=3 OMPI_COMM_WORLD_LOCAL_SIZE=2 PMI_SIZE=4"), Is.EqualTo(new MpiLaunch(3, 4, 2)));

    [Test]
    public void Find_OpenMpiWithoutItsLibrary_SaysWhatToInstall() =>
        Assert.That(() => Find("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=3", there: false), Throws.InstanceOf<PlatformNotSupportedException>().With.Message.Contain("openmpi-bin"));

    [Test]
    public void Find_AnotherMpi_IsRefused() =>
        Assert.That(() => Find("PMI_SIZE=2 PMI_RANK=1"), Throws.InstanceOf<PlatformNotSupportedException>().With.Message.StartWith("another MPI than OpenMPI, such as MPICH, has started 2 processes"));

    private static MpiLaunch Find(string environment, bool there = true)
    {
        var values = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return MpiLaunch.Find(name => values.GetValueOrDefault(name), there);
    }
}

using System.Globalization;

namespace Ilt.Mpi;

/// <summary>What <c>mpirun</c> says of a process that it has started, before MPI itself is begun.</summary>
/// <param name="Rank">Which process it is, from 0.</param>
/// <param name="Count">Processes altogether, at least 1.</param>
/// <param name="CountHere">Processes on this machine.</param>
public sealed record MpiLaunch(int Rank, int Count, int CountHere)
{
    /// <summary>A process by itself.</summary>
    public static MpiLaunch Alone { get; } = new(0, 1, 1);

    /// <summary>Whether there are several.</summary>
    public bool IsSeveral => Count > 1;

    /// <summary>Whether this is the first process of any MPI, or the only one: the one to say what concerns all.</summary>
    public static bool IsFirst => (Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_RANK") ?? Environment.GetEnvironmentVariable("PMI_RANK")) is null or "0";

    /// <summary>Reads the environment of this process.</summary>
    /// <returns><see cref="Alone"/> where no <c>mpirun</c> started it, or one process only.</returns>
    /// <exception cref="PlatformNotSupportedException">Another MPI than OpenMPI started it, or OpenMPI's library is not there.</exception>
    public static MpiLaunch Find() => Find(Environment.GetEnvironmentVariable, MpiLibrary.IsThere);

    internal static MpiLaunch Find(Func<string, string?> environment, bool libraryIsThere)
    {
        if (Number("OMPI_COMM_WORLD_SIZE") is > 1 and var count)
        {
            return libraryIsThere
                ? new(Number("OMPI_COMM_WORLD_RANK") ?? 0, count, Math.Max(1, Number("OMPI_COMM_WORLD_LOCAL_SIZE") ?? 1))
                : throw new PlatformNotSupportedException($"mpirun has started {count} processes, and the library of OpenMPI, {MpiLibrary.Name}, is not there; install it on every machine (on Debian and Ubuntu: openmpi-bin), or start one process without mpirun.");
        }
        return Number("PMI_SIZE") is > 1 and var others
            ? throw new PlatformNotSupportedException($"another MPI than OpenMPI, such as MPICH, has started {others} processes, each of which would do all of the work; start them with the mpirun of OpenMPI ({MpiLibrary.Name}), or start one without.")
            : Alone;

        int? Number(string name) => int.TryParse(environment(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}

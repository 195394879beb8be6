using System.Runtime.InteropServices;

namespace Ilt.Mpi;

/// <summary>The functions of OpenMPI that are called. Its handles are addresses of objects that the library exports; another MPI's are numbers, so no other one serves.</summary>
internal static unsafe partial class MpiLibrary
{
    /// <summary>OpenMPI 2 to 5.</summary>
    public const string Name = "libmpi.so.40";

    /// <summary>Any thread calls, one at a time.</summary>
    public const int Serialized = 2;

    /// <summary>In place of the buffer to send: what is sent lies in that to receive already.</summary>
    public static readonly nint InPlace = 1;

    private static readonly Lazy<nint> Library = new(() => NativeLibrary.Load(Name));

    public static nint World { get; private set; }

    public static nint Float { get; private set; }

    public static nint Byte { get; private set; }

    public static nint Sum { get; private set; }

    /// <summary>Whether the library is on this machine.</summary>
    public static bool IsThere => NativeLibrary.TryLoad(Name, out _);

    /// <summary>Finds the handles.</summary>
    /// <exception cref="DllNotFoundException">The library is not there.</exception>
    /// <exception cref="EntryPointNotFoundException">It is no OpenMPI.</exception>
    public static void Load()
    {
        World = NativeLibrary.GetExport(Library.Value, "ompi_mpi_comm_world");
        Float = NativeLibrary.GetExport(Library.Value, "ompi_mpi_float");
        Byte = NativeLibrary.GetExport(Library.Value, "ompi_mpi_byte");
        Sum = NativeLibrary.GetExport(Library.Value, "ompi_mpi_op_sum");
    }

    [LibraryImport(Name)]
    public static partial int MPI_Initialized(out int flag);

    [LibraryImport(Name)]
    public static partial int MPI_Init_thread(nint argumentCount, nint arguments, int required, out int provided);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_rank(nint communicator, out int rank);

    [LibraryImport(Name)]
    public static partial int MPI_Comm_size(nint communicator, out int size);

    [LibraryImport(Name)]
    public static partial int MPI_Iallreduce(nint send, float* receive, int count, nint type, nint operation, nint communicator, out nint request);

    [LibraryImport(Name)]
    public static partial int MPI_Allgatherv(nint send, int sendCount, nint sendType, float* receive, int* counts, int* starts, nint type, nint communicator);

    [LibraryImport(Name)]
    public static partial int MPI_Bcast(byte* values, int count, nint type, int root, nint communicator);

    [LibraryImport(Name)]
    public static partial int MPI_Barrier(nint communicator);

    [LibraryImport(Name)]
    public static partial int MPI_Ibarrier(nint communicator, out nint request);

    [LibraryImport(Name)]
    public static partial int MPI_Test(ref nint request, out int flag, nint status);

    [LibraryImport(Name)]
    public static partial int MPI_Wait(ref nint request, nint status);

    [LibraryImport(Name)]
    public static partial int MPI_Abort(nint communicator, int code);

    [LibraryImport(Name)]
    public static partial int MPI_Finalize();
}

using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ilt.Torch.Native;

/// <summary>Loads a Linux shared library from bytes.</summary>
internal static partial class MemoryLibrary
{
    private const uint CloseOnExec = 1;

    /// <summary>Loads the library from a file that exists in memory only, or, where the kernel refuses that, from a private file that is removed at once.</summary>
    /// <param name="name">A name for debuggers.</param>
    /// <param name="library">The bytes of the library.</param>
    /// <exception cref="DllNotFoundException">The system refuses to load it.</exception>
    public static IntPtr Load(string name, byte[] library)
    {
        try
        {
            var descriptor = MemoryFile(name, CloseOnExec);
            if (descriptor >= 0)
            {
                using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
                RandomAccess.Write(handle, library, 0);
                if (NativeLibrary.TryLoad($"/proc/self/fd/{descriptor}", out var loaded)) return loaded;
            }
        }
        catch (Exception e) when (e is IOException or EntryPointNotFoundException)
        {
            // No such call, or no memory file system: the file below does.
        }
        var folder = Directory.CreateTempSubdirectory("ilt-"); // readable by this user alone
        try
        {
            var path = Path.Combine(folder.FullName, name);
            File.WriteAllBytes(path, library);
            return NativeLibrary.Load(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MemoryFile(string name, uint flags);
}

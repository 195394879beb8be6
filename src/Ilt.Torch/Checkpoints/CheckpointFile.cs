using System.Security.Cryptography;
using System.Text;

namespace Ilt.Torch;

/// <summary>
/// The two newest states of a run in a folder: written whole or not at all, with a checksum. A kill between the renames leaves the older one;
/// a damaged newer one is passed over.
/// </summary>
internal static class CheckpointFile
{
    private const string Newest = "checkpoint", Older = "checkpoint.old", Temporary = "checkpoint.tmp";
    /// <summary>Held open by the training that uses the folder; a killed one leaves it behind.</summary>
    public const string LockName = "in-use";

    private const int HashBytes = 32;
    private static readonly byte[] Magic = "ILTCHECK"u8.ToArray();
    private const int FormatVersion = 2;

    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, Newest)) || File.Exists(Path.Combine(folder, Older));

    /// <summary>Deletes the states.</summary>
    public static void DeleteStates(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var name in (ReadOnlySpan<string>)[Newest, Older, Temporary]) File.Delete(Path.Combine(folder, name));
    }

    /// <summary>Deletes the states, what a killed training left, and the folder where nothing else is in it.</summary>
    public static void Delete(string folder)
    {
        DeleteStates(folder);
        if (!Directory.Exists(folder)) return;
        File.Delete(Path.Combine(folder, LockName));
        DeleteIfEmpty(folder);
    }

    /// <summary>Deletes the folder where nothing is in it.</summary>
    public static void DeleteIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
    }

    /// <summary>Writes a state and makes it the newest.</summary>
    /// <exception cref="IOException">It cannot be written; the older ones are as they were.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be written there.</exception>
    public static void Write(string folder, Action<BinaryWriter> write)
    {
        Directory.CreateDirectory(folder);
        var (newest, older, temporary) = (Path.Combine(folder, Newest), Path.Combine(folder, Older), Path.Combine(folder, Temporary));
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                using var hash = SHA256.Create();
                using (var hashed = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
                using (var writer = new BinaryWriter(hashed, Encoding.UTF8))
                {
                    writer.Write(Magic);
                    writer.Write(FormatVersion);
                    write(writer);
                }
                file.Write(hash.Hash);
                file.Flush(flushToDisk: true);
            }
            if (File.Exists(newest)) File.Move(newest, older, overwrite: true);
            File.Move(temporary, newest);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Opens the newest state that is whole, behind what tells its format.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="note">Told when a damaged one is passed over.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="FormatException">All there are, are damaged or of a newer version.</exception>
    public static (BinaryReader Reader, DateTime Written)? Open(string folder, Action<string>? note)
    {
        string? problem = null;
        foreach (var path in new[] { Newest, Older }.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            if (problem is not null) note?.Invoke($"{problem}; the one before it is used");
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
            problem = Problem(file) is { } what ? $"the checkpoint {path} {what}" : null;
            if (problem is null) return (new BinaryReader(file, Encoding.UTF8), File.GetLastWriteTime(path));
            file.Dispose();
        }
        return problem is null ? null : throw new FormatException($"{char.ToUpperInvariant(problem[0])}{problem[1..]}, and there is no other in the folder: delete it to begin anew.");
    }

    // Leaves the file behind magic and version.
    private static string? Problem(FileStream file)
    {
        var head = new byte[Magic.Length + sizeof(int)];
        if (file.Length < head.Length + HashBytes) return "is cut off";
        file.ReadExactly(head);
        if (!head.AsSpan(0, Magic.Length).SequenceEqual(Magic)) return "is none of this program";
        if (BitConverter.ToInt32(head, Magic.Length) is var version and not FormatVersion) return $"has format version {version}, this program reads {FormatVersion}";
        if (!Checksum(file).AsSpan().SequenceEqual(Stored(file))) return "is damaged (its checksum does not fit)";
        file.Position = head.Length;
        return null;
    }

    private static byte[] Checksum(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        file.Position = 0;
        for (var left = file.Length - HashBytes; left > 0;)
        {
            var count = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            hash.AppendData(buffer, 0, count);
            left -= count;
        }
        return hash.GetHashAndReset();
    }

    private static byte[] Stored(FileStream file)
    {
        var stored = new byte[HashBytes];
        file.Position = file.Length - HashBytes;
        file.ReadExactly(stored);
        return stored;
    }
}

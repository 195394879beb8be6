using System.Globalization;

namespace Ilt.Torch.Native;

/// <summary>Which setting of the convolutions was found to be right, and why no faster one.</summary>
internal sealed record ConvolutionVerdict(ConvolutionSetting Setting, string Reason)
{
    /// <summary>Reads what <see cref="Write"/> wrote; null where nothing is there, or nothing that can be understood.</summary>
    public static ConvolutionVerdict? Read(string path)
    {
        try
        {
            if (!File.Exists(path)) return null;
            var lines = File.ReadAllLines(path);
            return lines.Length >= 2 && Enum.TryParse<ConvolutionSetting>(lines[0], out var setting) && Enum.IsDefined(setting) && !char.IsDigit(lines[0][0])
                ? new(setting, lines[1]) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the verdict for later processes; false where the folder cannot be written.</summary>
    public bool Write(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Beside it and renamed, so that another process never reads half of it.
            var part = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");
            File.WriteAllLines(part, [Setting.ToString(), Reason.ReplaceLineEndings(" ")]);
            File.Move(part, path, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The user's file for this processor, this libtorch and this check, or null where there is no folder for it.</summary>
    public static string? DefaultPath()
    {
        var folder = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (string.IsNullOrEmpty(folder))
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            folder = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : home.Length == 0 ? "" : Path.Combine(home, ".cache");
        }
        if (folder.Length == 0 || !Path.IsPathRooted(folder) || NativeLoader.Find(LibTorch.TorchFile) is not { } library) return null;
        // The package names a version, which a user may have exchanged; the size changes with every build.
        var size = (File.ResolveLinkTarget(library, returnFinalTarget: true) as FileInfo ?? new FileInfo(library)).Length;
        return Path.Combine(folder, "ilt-mlnet", $"convolutions-{ConvolutionSweep.Version}-{LibTorch.Version}-{size:x}-{ProcessorIdentity.Hash}.txt");
    }
}

using System.ComponentModel;
using System.Diagnostics;

namespace Ilt.Datasets;

/// <summary>Extracts the frames of SURREAL's films with the program ffmpeg, which has to be installed.</summary>
public static class SurrealVideo
{
    private static readonly string[] Options = ["-loglevel", "error", "-i"];

    /// <summary>The command that extracts the frames of a clip, for a shell.</summary>
    /// <param name="clip">The clip.</param>
    public static string Command(SurrealClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return $"mkdir -p '{clip.FramesFolder}' && ffmpeg {string.Join(' ', Options)} '{clip.FramesFolder}.mp4' '{Pattern(clip.FramesFolder)}'";
    }

    /// <summary>Writes every frame of the film as <c>frame0001.png</c> and so on into the clip's folder of frames, which is made.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="program">The program; default <c>ffmpeg</c>, looked for where programs are.</param>
    /// <param name="folder">Another folder for the frames; default null: the clip's.</param>
    /// <exception cref="FileNotFoundException">The clip has no film, or there is no such program.</exception>
    /// <exception cref="InvalidDataException">The program failed; the message has its words.</exception>
    public static void Extract(SurrealClip clip, string program = "ffmpeg", string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (clip.VideoPath is not { } video) throw new FileNotFoundException($"{clip.FramesFolder}.mp4: there is no such file.");
        folder ??= clip.FramesFolder;
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["-y", .. Options, video, Pattern(folder)]) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var problem = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidDataException(FormattableString.Invariant($"{video}: {program} failed with exit code {process.ExitCode}: {problem.Trim()}"));
        }
        catch (Win32Exception e)
        {
            throw new FileNotFoundException($"{program}: there is no such program, which extracts the frames of films. Install ffmpeg, or extract them elsewhere: {Command(clip)}", program, e);
        }
    }

    private static string Pattern(string folder) => Path.Combine(folder, "frame%04d.png");
}

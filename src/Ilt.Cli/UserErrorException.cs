namespace Ilt.Cli;

/// <summary>
/// Something the user can put right: bad use or bad data. The message is one line that names what was found, what was
/// expected and what to do; the program prints it alone and exits with 1.
/// </summary>
internal class UserErrorException : Exception
{
    /// <summary>Creates the error; line breaks in the message are folded so that it stays one line.</summary>
    public UserErrorException(string message, Exception? inner = null)
        : base(OneLine(message), inner)
    {
    }

    /// <summary>The text with every run of white space that holds a line break replaced by one space.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

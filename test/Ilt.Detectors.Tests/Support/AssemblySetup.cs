using System.Globalization;

namespace Ilt.Detectors.Tests;

/// <summary>One culture for all tests: messages and numbers are invariant.</summary>
[SetUpFixture]
public sealed class AssemblySetup
{
    /// <summary>Sets it.</summary>
    [OneTimeSetUp]
    public void SetCulture() => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
}

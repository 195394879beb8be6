namespace TorchSharp;

public enum DeviceType { CPU = 0, CUDA = 1 }

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static Device device(string description) => new(description);

    public class Device
    {
        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);

        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0] switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                _ => throw new ArgumentException($"'{description}' names no device; expected cpu, cuda or cuda:N.", nameof(description)),
            };
            index = parts.Length > 1 ? int.Parse(parts[1]) : -1;
        }

        public DeviceType type { get; }
        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() => type.ToString().ToLowerInvariant() + (index >= 0 ? $":{index}" : "");

        /// <summary>Nothing but the CPU exists here.</summary>
        internal static void Require(Device? device)
        {
            if (device is { type: not DeviceType.CPU })
                throw new System.Runtime.InteropServices.ExternalException($"This build of libtorch has no device '{device}'; use cpu.");
        }
    }
}

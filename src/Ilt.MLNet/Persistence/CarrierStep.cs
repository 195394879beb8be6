using Microsoft.ML;
using Microsoft.ML.Data;

namespace Ilt.MLNet;

/// <summary>
/// A step of ML.NET's that is made when a file asks for it, so that a large state is never there as a whole a second time. While ML.NET
/// compresses one step, the next is made.
/// </summary>
internal sealed class CarrierStep(Func<ITransformer> create, CarrierStep? next) : ITransformer
{
    private Task<ITransformer>? made;

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => create().GetOutputSchema(inputSchema);

    public IDataView Transform(IDataView input) => create().Transform(input);

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => create().GetRowToRowMapper(inputSchema);

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        Begin();
        var step = made!.GetAwaiter().GetResult();
        made = null;
        next?.Begin();
        step.Save(ctx);
    }

    private void Begin() => made ??= Task.Run(create);
}

#include "core/compression/layercodec.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/compression/quantize/awq.h"
#include "core/compression/quantize/codebook.h"
#include "core/compression/quantize/gptq.h"
#include "core/compression/quantize/outliercolumns.h"
#include "core/compression/quantize/smoothquant.h"
#include "core/compression/quantize/stepcodec.h"

namespace pare {

namespace {

/// What the factor was seen to be given, or is.
FactorInputs codecInputs(const OpenLayer &layer, std::size_t factor, const LayerWork &work)
{
    return layer.codecInputs.empty()
               ? inputsOf(layer, factor, work.step(layer.planned->codecStep), work)
               : layer.codecInputs[factor];
}

at::Tensor largestInputs(const OpenLayer &layer, std::size_t factor, const LayerWork &work)
{
    const at::Tensor largest = codecInputs(layer, factor, work).largest;
    // Refused in the plan but for layers that were stored as products before.
    if (!largest.defined())
        throw Error(ErrorKind::Unsupported, messages::layerInputsUnknown,
                    work.step(layer.planned->codecStep).technique, layer.planned->name);
    return largest;
}

Factor encoded(const OpenLayer &layer, std::size_t factor, const LayerWork &work)
{
    const Draft &draft = layer.drafts[factor];
    if (!layer.planned->codecStep)
        return Factor::encoded(draft.values, draft.codec, draft.mask);
    const Step &rounding = work.step(layer.planned->codecStep);
    if (rounding.technique == "quantize.gptq") {
        const GptqOptions options{.codec = draft.codec,
                                  .actOrder = rounding.choice("act-order") == "yes",
                                  .clip = stepClip(rounding)};
        return gptq(draft.values, codecInputs(layer, factor, work).moment, options, draft.mask,
                    work.progress);
    }
    if (rounding.technique == "quantize.awq") {
        const FactorInputs inputs = codecInputs(layer, factor, work);
        return awq(draft.values, inputs.meanMagnitudes, inputs.moment,
                   {draft.codec, stepClip(rounding)}, draft.mask, work.progress)
            .factor;
    }
    if (rounding.technique == "quantize.smoothquant")
        return smoothQuant(draft.values, largestInputs(layer, factor, work),
                           {draft.codec, rounding.real("alpha")}, draft.mask);
    if (draft.codec.kind == CodecKind::Codebook)
        return kMeans(draft.values, draft.codec, draft.mask);
    if (stepClip(rounding) == Clip::MinMax)
        return Factor::encoded(draft.values, draft.codec, draft.mask);
    return Factor::encodedWithScales(
        draft.values, draft.codec,
        clippedScales(draft.values, draft.codec, draft.mask, stepClip(rounding)), draft.mask);
}

/// Two kinds of columns of a layer that is one matrix.
Weight split(const OpenLayer &layer, const LayerWork &work)
{
    if (layer.drafts.size() != 1)
        throw Error(ErrorKind::Unsupported, messages::layerInputsUnknown,
                    work.step(layer.planned->codecStep).technique, layer.planned->name);
    const Draft &draft = layer.drafts[0];
    return outlierColumns(
        draft.values, largestInputs(layer, 0, work),
        {work.step(layer.planned->codecStep).real("threshold"), *layer.planned->codec}, draft.mask);
}

} // namespace

bool codecNeedsInputs(const PlannedLayer &planned, const LayerWork &work)
{
    return planned.codecStep && needOf(work.step(planned.codecStep)) == Need::Inputs;
}

Weight closed(OpenLayer &layer, const LayerWork &work)
{
    const auto named = [&](const auto &encode) {
        try {
            return encode();
        } catch (const Error &error) {
            throw Error(error.kind(), messages::layerNotCompressed, layer.planned->name,
                        error.message().text());
        }
    };
    if (layer.planned->splitsColumns)
        return named([&] { return split(layer, work); });
    std::vector<Factor> factors(layer.drafts.size());
    for (std::size_t i = layer.drafts.size(); i-- > 0;) {
        Draft &draft = layer.drafts[i];
        if (layer.planned->codec)
            draft.codec = *layer.planned->codec;
        factors[i] = named([&] { return encoded(layer, i, work); });
        if (draft.inputScale.defined() && !factors[i].inputScale().defined())
            factors[i] = factors[i].withInputScale(draft.inputScale);
        draft.values = factors[i].effectiveValues(); // what the factor to its left sees
    }
    return withFactors(layer.kind, factors);
}

} // namespace pare

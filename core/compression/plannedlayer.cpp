#include "core/compression/plannedlayer.h"

#include "core/base/error.h"
#include "core/compression/factorize/svdrank.h"
#include "core/compression/messages.h"
#include "core/compression/quantize/stepcodec.h"

#include <cassert>

#include <fmt/format.h>

namespace pare {

namespace {

void setForm(PlannedLayer &planned, const Layer &layer, const Step &step)
{
    if (step.technique == "factorize.kronecker")
        planned.kronecker = stepKronecker(step, layer);
    else if (const std::optional<RankBound> bound = rankBound(step))
        planned.rankBound = bound;
    else
        planned.rank = svdRank(step, layer);
}

/// Why the mask does not fit the factors.
void checkMask(const PlannedLayer &planned, const Layer &layer, const Recipe &recipe)
{
    const MaskSetting &mask = *planned.mask;
    const std::string &technique = recipe.steps[*planned.maskStep].technique;
    if (mask.blockSize() == 1)
        return;
    if (planned.rankBound)
        throw Error(ErrorKind::InvalidSetting, messages::blockNeedsRank, technique,
                    fmt::format("{}x{}", mask.blockRows, mask.blockColumns), layer.name,
                    recipe.steps[*planned.formStep].text());
    if (!layer.storage.empty() && !planned.changesForm())
        return; // its factors are known where they are
    for (const auto &shape : factorShapes(planned, layer)) {
        if (const auto refusal = maskRefusal(mask, shape, technique, layer.name))
            throw Error(ErrorKind::InvalidSetting, *refusal);
    }
}

/// Techniques that must see each input as it is, not only its second moment.
bool seesSingleInputs(const Step &step)
{
    return isOneOf("quantize.smoothquant|quantize.llm-int8", step.technique);
}

/// Of a product the second factor sees the layer's inputs, and the moments of what the first one
/// sees follow; of a Kronecker product neither is known.
void checkInputs(const PlannedLayer &planned, const Layer &layer, const Recipe &recipe)
{
    for (const std::optional<int> &number : {planned.maskStep, planned.codecStep}) {
        if (!number)
            continue;
        const Step &step = recipe.steps[*number];
        if (needOf(step) == Need::Inputs && (planned.kronecker || seesSingleInputs(step)))
            throw Error(ErrorKind::InvalidSetting, messages::formHidesInputs, step.technique,
                        recipe.steps[*planned.formStep].text(), layer.name);
    }
}

} // namespace

void setParts(PlannedLayer &planned, const Layer &layer, const Recipe &recipe,
              const PartSteps &steps)
{
    if (steps.form) {
        setForm(planned, layer, recipe.steps[*steps.form]);
        planned.formStep = steps.form;
    }
    if (steps.mask) {
        const MaskSetting setting = maskSetting(recipe.steps[*steps.mask], *steps.mask);
        if (setting.scope == MaskScope::Pattern || setting.scope == MaskScope::Learned ||
            setting.sparsity > 0) {
            planned.mask = setting;
            planned.maskStep = steps.mask;
            checkMask(planned, layer, recipe);
        }
    }
    if (steps.codec) {
        const Step &step = recipe.steps[*steps.codec];
        planned.codec = stepCodec(step);
        planned.codecStep = steps.codec;
        planned.splitsTernary = planned.codec->kind == CodecKind::Ternary && recipe.training &&
                                recipe.training->has("split-epochs");
        planned.scalesInputs = isOneOf("quantize.awq|quantize.smoothquant", step.technique);
        planned.splitsColumns = step.technique == "quantize.llm-int8";
    }
    if (steps.form)
        checkInputs(planned, layer, recipe);
}

std::optional<Codec> PlannedLayer::storedCodec() const
{
    if (!splitsTernary)
        return codec;
    Codec split = *codec;
    split.kind = CodecKind::Binary;
    split.planes = 2;
    return split;
}

std::vector<std::vector<std::int64_t>> factorShapes(const PlannedLayer &planned, const Layer &layer)
{
    assert(!planned.rankBound);
    if (planned.rank)
        return {{layer.shape[0], *planned.rank}, {*planned.rank, layer.shape[1]}};
    if (const auto &shape = planned.kronecker)
        return {{layer.shape[0] / shape->p, layer.shape[1] / shape->q}, {shape->p, shape->q}};
    return {layer.shape};
}

} // namespace pare

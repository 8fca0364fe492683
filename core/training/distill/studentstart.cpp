#include "core/training/distill/studentstart.h"

#include "core/base/numbers.h"
#include "core/model/architecture.h"

#include <cmath>

namespace pare {

namespace {

/// The teacher's name for a layer of the student; empty: it has none.
std::string teacherName(const Layer &layer, const NetworkSpecification &student,
                        const NetworkSpecification &teacher, std::span<const int> blocks)
{
    const std::string prefix = student.stacks.front().name + ".";
    if (!layer.name.starts_with(prefix))
        return layer.name;
    const std::size_t end = layer.name.find('.', prefix.size());
    const auto number = parseInteger(
        std::string_view(layer.name).substr(prefix.size(), end - prefix.size()));
    if (!number || static_cast<std::size_t>(*number) >= blocks.size())
        return {};
    return teacher.stacks.front().name + "." +
           std::to_string(blocks[static_cast<std::size_t>(*number)]) + layer.name.substr(end);
}

const LayerWeights *found(const ModelWeights &weights, const std::string &name)
{
    const auto layer = weights.layers.find(name);
    return layer == weights.layers.end() ? nullptr : &layer->second;
}

} // namespace

std::vector<int> startBlocks(std::string_view method, const TeachingDepths &depths)
{
    std::vector<int> blocks;
    for (int i = 0; i < depths.student; ++i) {
        if (method == "distilbert")
            blocks.push_back(depths.student == 1
                                 ? 0
                                 : static_cast<int>(std::lround(static_cast<double>(i) *
                                                                (depths.teacher - 1) /
                                                                (depths.student - 1))));
        else if (method == "pkd" || method == "theseus" || method == "kd")
            blocks.push_back(i);
        else
            blocks.push_back((i + 1) * depths.teacher / depths.student - 1);
    }
    for (int &block : blocks)
        block = std::clamp(block, 0, depths.teacher - 1);
    return blocks;
}

ModelWeights startedFrom(const DistillModel &student, const DistillModel &teacher,
                         std::span<const int> blocks)
{
    ModelWeights result = student.weights;
    for (const Layer &layer : describe(student.specification).layers) {
        if (result.layers.contains(layer.name) || !layer.sharedWith.empty())
            continue;
        const std::string name =
            teacherName(layer, student.specification, teacher.specification, blocks);
        for (const ModelWeights *weights : {&teacher.weights, &teacher.otherHeads}) {
            const LayerWeights *given = found(*weights, name);
            if (!given)
                continue;
            const LayerWeights &whole = weights->resolved(name);
            if (shapeOf(whole.weight) != layer.shape || layer.bias != given->bias.defined())
                break;
            const at::Tensor values = denseValues(whole.weight);
            result.layers[layer.name] = {Factor::dense(values), given->bias};
            break;
        }
    }
    return result;
}

} // namespace pare

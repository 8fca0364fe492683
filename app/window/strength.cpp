#include "app/window/strength.h"

#include "app/window/layerselection.h"

#include <QString>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace pare {

namespace {

/// The values that one setting takes on the way, from the gentlest to the hardest.
struct Scale
{
    const char *setting = nullptr;
    std::vector<double> stops;
};

/// In per cent, by fives, both ends included.
Scale shares(const char *setting, int from, int to)
{
    Scale scale{setting, {}};
    for (int percent = from; from < to ? percent <= to : percent >= to;
         percent += from < to ? 5 : -5)
        scale.stops.push_back(percent / 100.0);
    return scale;
}

/// Of a share that is kept: two factors with all numbers of a matrix would save nothing, of a Kronecker product
/// there are none with more than half of them, and of heads and blocks one at least has to stay.
const Scale &keptShares(const TechniqueInfo &technique)
{
    static const Scale structure = shares("keep", 100, 25);
    static const Scale product = shares("keep", 95, 10);
    static const Scale kronecker = shares("keep", 50, 10);
    if (technique.part == LayerPart::Structure)
        return structure;
    return technique.id == "factorize.kronecker" ? kronecker : product;
}

/// Null where no setting of the step is one of these.
const Scale *scaleOf(const Step &step)
{
    static const Scale others[] = {{"bits", {8, 6, 5, 4, 3, 2}},
                                   shares("sparsity", 0, 95),
                                   {"k", {256, 128, 64, 32, 16, 8, 4, 2}}};
    const TechniqueInfo *technique = findTechnique(step.technique);
    if (technique && step.has("keep"))
        return &keptShares(*technique);
    const auto found = std::ranges::find_if(
        others, [&step](const Scale &scale) { return step.has(scale.setting); });
    return found == std::end(others) ? nullptr : &*found;
}

/// Whether parts of its layers may get other strengths without another meaning of the rest.
bool isSpreadable(const Step &step)
{
    const TechniqueInfo *technique = findTechnique(step.technique);
    const auto scope = step.settings.find("scope");
    return technique &&
           (technique->part == LayerPart::Form || technique->part == LayerPart::Mask ||
            technique->part == LayerPart::Codec) &&
           (scope == step.settings.end() || scope->second != "global");
}

std::int64_t bytesOf(const std::string &layer, const ModelDescription &model)
{
    const Layer *found = model.find(layer);
    return found ? std::max<std::int64_t>(found->bytes, 1) : 1;
}

/// Answers that change for each byte of the layer, on the mean of the options it was asked with: those of the
/// step's family, where there are some.
std::map<std::string, double> losses(const Step &step, const ModelDescription &model,
                                     const std::vector<LayerSensitivity> &sensitivities)
{
    struct Sum
    {
        double changed = 0;
        int options = 0;
    };
    const auto family = [](const Step &one) { return techniqueInfo(one.technique).family; };
    std::map<std::string, Sum> own;
    std::map<std::string, Sum> any;
    for (const LayerSensitivity &one : sensitivities) {
        for (auto *sums : {&own, &any}) {
            if (sums == &own && family(one.step) != family(step))
                continue;
            (*sums)[one.layer].changed += one.changed.value;
            ++(*sums)[one.layer].options;
        }
    }
    std::map<std::string, double> losses;
    for (const auto &[layer, sum] : own.empty() ? any : own)
        losses[layer] = sum.changed / sum.options / static_cast<double>(bytesOf(layer, model));
    return losses;
}

/// The layers in three parts of about equal bytes, from those that lose least; one part where not all of them
/// were asked.
std::vector<std::vector<std::string>> parts(std::vector<std::string> layers, const Step &step,
                                            const ModelDescription &model,
                                            const std::vector<LayerSensitivity> &sensitivities)
{
    const std::map<std::string, double> lost = losses(step, model, sensitivities);
    const bool asked = std::ranges::all_of(
        layers, [&lost](const std::string &layer) { return lost.contains(layer); });
    if (!asked || layers.size() < 2 || !isSpreadable(step))
        return {layers};
    std::ranges::stable_sort(layers, {},
                             [&lost](const std::string &layer) { return lost.at(layer); });
    const auto bytes = [&model](const std::string &layer) {
        return static_cast<double>(bytesOf(layer, model));
    };
    const double all =
        std::transform_reduce(layers.begin(), layers.end(), 0.0, std::plus<>(), bytes);
    std::vector<std::vector<std::string>> thirds(3);
    double before = 0;
    for (const std::string &layer : layers) {
        const double middle = before + bytes(layer) / 2;
        thirds[std::min<std::size_t>(2, static_cast<std::size_t>(3 * middle / all))].push_back(
            layer);
        before += bytes(layer);
    }
    return thirds;
}

/// A step that stands for several that differ in strength and layers alone.
struct Joined
{
    ChosenStep step;
    std::vector<std::string> layers;
};

std::vector<Joined> joined(const std::vector<ChosenStep> &steps, const ModelDescription &model)
{
    std::vector<Joined> all;
    for (const ChosenStep &chosen : steps) {
        const bool moves = chosen.enabled && strengthOf(chosen.step);
        const std::vector<std::string> layers =
            moves ? layersOf(chosen.step, model) : std::vector<std::string>();
        const auto same = std::ranges::find_if(all, [&](const Joined &other) {
            return moves && other.step.enabled &&
                   differInStrengthAlone(chosen.step, other.step.step);
        });
        if (same == all.end()) {
            all.push_back({chosen, layers});
            continue;
        }
        for (const std::string &layer : layers) {
            if (std::ranges::find(same->layers, layer) == same->layers.end())
                same->layers.push_back(layer);
        }
    }
    return all;
}

} // namespace

std::optional<double> strengthOf(const Step &step)
{
    const Scale *scale = scaleOf(step);
    if (!scale)
        return std::nullopt;
    const double value = step.real(scale->setting);
    const std::vector<double> &stops = scale->stops;
    const bool falls = stops.front() > stops.back();
    const auto beyond = std::ranges::find_if(
        stops, [&](double stop) { return falls ? stop <= value : stop >= value; });
    const double last = static_cast<double>(stops.size() - 1);
    if (beyond == stops.begin())
        return 0;
    if (beyond == stops.end())
        return 1;
    const double from = *std::prev(beyond);
    return (static_cast<double>(beyond - stops.begin()) - 1 + (value - from) / (*beyond - from)) /
           last;
}

Step withStrength(Step step, double strength)
{
    const Scale *scale = scaleOf(step);
    if (!scale)
        return step;
    const double last = static_cast<double>(scale->stops.size() - 1);
    const double stop =
        scale->stops[static_cast<std::size_t>(std::lround(std::clamp(strength, 0.0, 1.0) * last))];
    step.settings[scale->setting] = QString::number(stop).toStdString();
    return checked(step);
}

bool differInStrengthAlone(const Step &one, const Step &other)
{
    return isSpreadable(one) && one.technique == other.technique &&
           withStrength(one, 0).settings == withStrength(other, 0).settings;
}

std::optional<double> strengthOfAll(const std::vector<ChosenStep> &steps,
                                    const ModelDescription &model)
{
    double sum = 0;
    double bytes = 0;
    for (const ChosenStep &chosen : steps) {
        const std::optional<double> strength =
            chosen.enabled ? strengthOf(chosen.step) : std::nullopt;
        if (!strength)
            continue;
        for (const std::string &layer : layersOf(chosen.step, model)) {
            const auto weight = static_cast<double>(bytesOf(layer, model));
            sum += *strength * weight;
            bytes += weight;
        }
    }
    return bytes > 0 ? std::optional(sum / bytes) : std::nullopt;
}

StrengthChange withStrengthOfAll(const std::vector<ChosenStep> &steps, double strength,
                                 const ModelDescription &model,
                                 const std::vector<LayerSensitivity> &sensitivities)
{
    constexpr double apart = 0.6; // of what there is to both sides
    const double distance = apart * std::min(strength, 1 - strength);
    StrengthChange change;
    for (const Joined &one : joined(steps, model)) {
        if (one.layers.empty()) {
            change.steps.push_back(one.step);
            continue;
        }
        std::vector<std::pair<Step, std::vector<std::string>>> stronger;
        const auto thirds = parts(one.layers, one.step.step, model, sensitivities);
        for (std::size_t i = 0; i < thirds.size(); ++i) {
            const double own =
                thirds.size() == 1 ? strength : strength + (1 - static_cast<double>(i)) * distance;
            const Step step = withStrength(one.step.step, own);
            if (stronger.empty() || stronger.back().first.settings != step.settings)
                stronger.emplace_back(step, std::vector<std::string>());
            std::ranges::copy(thirds[i], std::back_inserter(stronger.back().second));
        }
        std::erase_if(stronger, [](const auto &part) { return part.second.empty(); });
        change.spread = change.spread || stronger.size() > 1;
        for (auto &[step, layers] : stronger) {
            if (layers != layersOf(step, model)) // else as a person wrote it
                step.layers = selectionText(techniqueInfo(step.technique), layers, model);
            change.steps.push_back({step, true});
        }
    }
    return change;
}

} // namespace pare

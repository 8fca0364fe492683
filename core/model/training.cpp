#include "core/model/training.h"

#include "core/base/error.h"
#include "core/base/message.h"
#include "core/model/messages.h"

#include <algorithm>
#include <array>

namespace pare {

namespace {

using enum SettingKind;

constexpr std::string_view methodNames =
    "task|kd|distilbert|pkd|tinybert|mobilebert|minilm|minilm2|theseus";

constexpr std::array recoverSettings{
    SettingInfo{.name = "epochs",
                .minimum = 0.001,
                .maximum = 1000,
                .defaultValue = "1",
                .help = translatable("Passes over the training data")},
    SettingInfo{.name = "learning-rate",
                .minimum = 1e-9,
                .maximum = 1,
                .help = translatable("Highest one, after warm-up; otherwise by the model's width"),
                .unset = translatable("by the width")},
    SettingInfo{.name = "batch-tokens",
                .kind = Integer,
                .minimum = 1,
                .maximum = 1 << 20,
                .defaultValue = "1024",
                .help = translatable("Tokens of one step")},
    SettingInfo{.name = "warm-up",
                .unit = "share",
                .defaultValue = "0.06",
                .help = translatable("Share of the steps in which the learning rate rises")},
    SettingInfo{.name = "patience",
                .kind = Integer,
                .minimum = 0,
                .maximum = 1000,
                .defaultValue = "0",
                .help = translatable("Stop after so many epochs without a better score on "
                                     "development data; 0: never")},
    SettingInfo{.name = "gradual",
                .unit = "share",
                .defaultValue = "0.7",
                .help = translatable("Share of the training by which masks that are learnt have "
                                     "all their sparsity, along a cubic curve, and bits-from has "
                                     "come down")},
    SettingInfo{.name = "bits-from",
                .kind = Integer,
                .minimum = 3,
                .maximum = 8,
                .unit = "bits",
                .help = translatable("Weights quantized to fewer bits begin the training with so "
                                     "many and come down to their own, by the share of it that "
                                     "gradual says")},
    SettingInfo{.name = "score-rate",
                .minimum = 1e-6,
                .maximum = 10,
                .defaultValue = "0.01",
                .help = translatable("Learning rate of the scores of masks that are learnt")},
    SettingInfo{.name = "split-epochs",
                .minimum = 0.001,
                .maximum = 1000,
                .help = translatable("Ternary weights are split into the sum of two binary ones "
                                     "after the training, and trained on for so many passes; "
                                     "otherwise they stay ternary")},
    SettingInfo{.name = "split-rate",
                .minimum = 1e-9,
                .maximum = 1,
                .help = translatable("Highest learning rate after the split; otherwise that of "
                                     "before, for split-epochs")},
    SettingInfo{.name = "precision",
                .kind = Choice,
                .choices = "auto|float32|bfloat16",
                .defaultValue = "auto",
                .help = translatable("What linear layers multiply in: the faster one of this "
                                     "machine, or as said; parameters are float32 either way")},
    SettingInfo{.name = "method",
                .kind = Choice,
                .choices = methodNames,
                .defaultValue = "task",
                .help = translatable("What it learns from: the labels, or the original model as "
                                     "its teacher")},
};

constexpr SettingInfo temperature(std::string_view value)
{
    return {.name = "temperature",
            .minimum = 0.1,
            .maximum = 100,
            .defaultValue = value,
            .help = translatable("By which both models' logits are divided; higher ones show more "
                                 "of what the teacher thinks of wrong answers")};
}

constexpr SettingInfo weight(std::string_view name, std::string_view value, const char *help)
{
    return {.name = name, .minimum = 0, .maximum = 1e6, .defaultValue = value, .help = help};
}

constexpr SettingInfo alpha(std::string_view value)
{
    return {.name = "alpha",
            .unit = "share",
            .defaultValue = value,
            .help = translatable("Share of the loss that comes from the teacher's answers; the "
                                 "rest comes from the labels")};
}

/// Of a stage that may be left out.
constexpr SettingInfo epochs(std::string_view name, std::string_view value, const char *help)
{
    return {.name = name, .minimum = 0, .maximum = 1000, .defaultValue = value, .help = help};
}

/// Of the stage that makes the method what it is.
constexpr SettingInfo transferEpochs(std::string_view value, const char *help)
{
    return {.name = "transfer-epochs",
            .minimum = 0.001,
            .maximum = 1000,
            .defaultValue = value,
            .help = help};
}

/// Of the stages that learn from a teacher without the task.
constexpr SettingInfo transferRate()
{
    return {.name = "transfer-rate",
            .minimum = 1e-9,
            .maximum = 1,
            .help = translatable("Highest learning rate on text and layers, after warm-up; otherwise "
                                 "0.001 × √(128 / width), as for a masked language model")};
}

constexpr std::array kdSettings{temperature("2"), alpha("0.5")};
constexpr std::array distilBertSettings{
    temperature("2"), weight("soft-weight", "5", translatable("Of the teacher's answers")),
    weight("mlm-weight", "2", translatable("Of the masked tokens themselves")),
    weight("cosine-weight", "1", translatable("Of the angle between last hidden states")),
    transferEpochs("3", translatable("On running text, before the task")), transferRate()};
constexpr std::array pkdSettings{
    temperature("10"), alpha("0.7"),
    weight("beta", "500", translatable("Of the distance of intermediate layers' first tokens"))};
constexpr std::array tinyBertSettings{
    temperature("1"),
    epochs("general-epochs", "1", translatable("On running text, before the task; 0: none")),
    epochs("intermediate-epochs", "2", translatable("On the task's texts, layers only")),
    transferRate(),
    SettingInfo{.name = "augment",
                .kind = Integer,
                .minimum = 0,
                .maximum = 100,
                .defaultValue = "0",
                .help = translatable("Altered copies of each training text, words replaced by the "
                                     "teacher's masked language model")},
    SettingInfo{.name = "candidates",
                .kind = Integer,
                .minimum = 1,
                .maximum = 1000,
                .defaultValue = "15",
                .help = translatable("Words to choose from at each place, for augment")},
    SettingInfo{.name = "replace",
                .unit = "share",
                .defaultValue = "0.4",
                .help = translatable("Share of the words that are replaced, for augment")}};
constexpr std::array mobileBertSettings{
    temperature("1"),
    SettingInfo{.name = "alpha",
                .unit = "share",
                .defaultValue = "0.5",
                .help = translatable("Share of the last stage's loss that comes from the masked "
                                     "tokens themselves; the rest comes from what the teacher says "
                                     "of them")},
    transferEpochs("2", translatable("Of layer after layer, all layers together")),
    transferRate(),
    epochs("prediction-epochs", "1",
           translatable("Of the masked language model, after the layers; where the teacher has one")),
    weight("attention-weight", "1", translatable("Of attention against feature maps")),
    SettingInfo{.name = "lower-rate",
                .unit = "share",
                .defaultValue = "0.1",
                .help = translatable("Of the learning rate, for layers whose turn is over; 0: they are "
                                     "held")}};
constexpr std::array miniLmSettings{
    transferEpochs("2", translatable("On running text, before the task")), transferRate()};
constexpr std::array miniLm2Settings{
    transferEpochs("2", translatable("On running text, before the task")),
    transferRate(),
    SettingInfo{.name = "relation-heads",
                .kind = Integer,
                .minimum = 1,
                .maximum = 4096,
                .help = translatable("Into how many heads both models' vectors are cut anew; "
                                     "otherwise the teacher's number")},
    SettingInfo{.name = "teacher-layer",
                .kind = Integer,
                .minimum = 0,
                .maximum = 10000,
                .help = translatable("Which of the teacher's layers teaches, from 0; otherwise "
                                     "the last")}};
constexpr std::array theseusSettings{
    SettingInfo{.name = "base",
                .unit = "share",
                .defaultValue = "0.3",
                .help = translatable("Probability of replacing a module, at the start")},
    SettingInfo{.name = "slope",
                .minimum = 0,
                .maximum = 1,
                .help = translatable("By how much it grows each step; otherwise so that it "
                                     "reaches 1 after seven tenths of the training")},
    epochs("successor-epochs", "1",
           translatable("Of the successor alone, after the replacing; 0: none"))};

constexpr TechniqueInfo way(std::string_view id, const char *title, const char *summary,
                            std::string_view reference, std::span<const SettingInfo> settings)
{
    TechniqueInfo info;
    info.id = id;
    info.family = Family::Training;
    info.part = LayerPart::Codec; // sets no part of a layer; never looked at
    info.title = title;
    info.summary = summary;
    info.reference = reference;
    info.settings = settings;
    return info;
}

constexpr TechniqueInfo recover = way(
    "recover", translatable("Recover by training"),
    translatable("The compressed model is trained with what was done to it held: masks stay, "
                 "codecs are trained through, shared weights move together."),
    "Zafrir et al. 2019, arXiv 1910.06188; Bengio et al. 2013, arXiv 1308.3432", recoverSettings);

constexpr std::array ways{
    way("kd", translatable("Softened answers"),
        translatable("The student learns the teacher's softened answers beside the labels."),
        "Hinton, Vinyals and Dean 2015, arXiv 1503.02531", kdSettings),
    way("distilbert", translatable("DistilBERT"),
        translatable("On running text: the teacher's masked language model, the masked tokens and "
                     "the direction of the last hidden states; every second layer is kept."),
        "Sanh et al. 2019, arXiv 1910.01108", distilBertSettings),
    way("pkd", translatable("Patient distillation"),
        translatable("Softened answers, and the first token's states of intermediate layers."),
        "Sun et al. 2019, arXiv 1908.09355", pkdSettings),
    way("tinybert", translatable("TinyBERT"),
        translatable("Embeddings, attention scores and hidden states of mapped layers, on running "
                     "text and then on the task; the answers last."),
        "Jiao et al. 2020, arXiv 1909.10351", tinyBertSettings),
    way("mobilebert", translatable("MobileBERT"),
        translatable("Layer after layer learns its teacher layer's states and attention."),
        "Sun et al. 2020, arXiv 2004.02984", mobileBertSettings),
    way("minilm", translatable("MiniLM"),
        translatable("The last layer's attention, and the relation of its values."),
        "Wang et al. 2020, arXiv 2002.10957", miniLmSettings),
    way("minilm2", translatable("MiniLMv2"),
        translatable("The relations of one layer's queries, keys and values, at any width."),
        "Wang et al. 2021, arXiv 2012.15828", miniLm2Settings),
    way("theseus", translatable("BERT-of-Theseus"),
        translatable("Modules of the teacher are replaced by the student's with a growing "
                     "probability, learning from the task alone."),
        "Xu et al. 2020, arXiv 2002.02925", theseusSettings),
};

} // namespace

const TechniqueInfo &recoverInfo()
{
    return recover;
}

std::span<const TechniqueInfo> distillationTable()
{
    return ways;
}

const TechniqueInfo &distillationInfo(std::string_view id)
{
    const auto found = std::ranges::find(ways, id, &TechniqueInfo::id);
    if (found != ways.end())
        return *found;
    std::string known;
    for (const TechniqueInfo &info : ways)
        known += (known.empty() ? "" : ", ") + std::string(info.id);
    throw Error(ErrorKind::InvalidSetting, messages::methodUnknown, id, known);
}

Step parsedRecovery(std::string_view text)
{
    const std::string_view name = recover.id;
    const std::size_t begin = std::min(text.find_first_not_of(" \t\n"), text.size());
    const std::string_view rest = text.substr(begin);
    const bool named = rest.starts_with(name) && (rest.size() == name.size() ||
                                                  rest[name.size()] == ' ');
    return parsedStep(named ? std::string(rest) : std::string(name) + " " + std::string(rest));
}

Step checkedRecovery(const Step &step)
{
    if (step.technique != recover.id || !step.layers.empty())
        throw Error(ErrorKind::InvalidSetting, messages::recoveryOnly, step.text());
    Step own = step;
    const auto chosen = step.settings.find("method");
    if (chosen != step.settings.end() && isOneOf(methodNames, chosen->second) &&
        chosen->second != "task") {
        const TechniqueInfo &way = distillationInfo(chosen->second);
        std::erase_if(own.settings, [&](const auto &setting) {
            return !recover.setting(setting.first) && way.setting(setting.first);
        });
    }
    Step checked = checkedAgainst(recover, own);
    if (checked.choice("method") != "task") {
        const Step way = teachingStep(step);
        for (const auto &[name, value] : step.settings) { // its defaults may change by themselves
            if (!own.settings.contains(name))
                checked.settings[name] = way.settings.at(name);
        }
    }
    if (checked.has("split-rate") && !checked.has("split-epochs"))
        throw Error(ErrorKind::InvalidSetting, messages::recoverySplitRate,
                    checked.choice("split-rate"));
    if (checked.has("bits-from") && checked.choice("method") != "task")
        throw Error(ErrorKind::InvalidSetting, messages::recoveryBitsMethod,
                    checked.choice("bits-from"), checked.choice("method"));
    return checked;
}

Step teachingStep(const Step &training)
{
    Step way{training.settings.at("method"), {}, {}};
    for (const auto &[name, value] : training.settings) {
        if (!recover.setting(name))
            way.settings[name] = value;
    }
    return checkedAgainst(distillationInfo(way.technique), way);
}

Step parsedMethod(std::string_view text)
{
    const Step step = parsedStep(text);
    if (!step.layers.empty())
        throw Error(ErrorKind::InvalidSetting, messages::methodLayers, text);
    return checkedAgainst(distillationInfo(step.technique), step);
}

} // namespace pare

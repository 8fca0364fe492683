#include "core/model/configreader.h"

#include "core/base/error.h"
#include "core/model/messages.h"

#include <algorithm>
#include <array>
#include <climits>
#include <string_view>

namespace pare {

namespace {

/// Keys that say nothing about the computation of a forward pass.
constexpr std::array<std::string_view, 43> harmlessKeys{
    "_name_or_path",
    "_attn_implementation_autoset",
    "attn_implementation",
    "bos_token_id",
    "sep_token_id",
    "cls_token_id",
    "eos_token_id",
    "mask_token_id",
    "unk_token_id",
    "use_cache",
    "transformers_version",
    "torch_dtype",
    "dtype",
    "gradient_checkpointing",
    "output_attentions",
    "output_hidden_states",
    "return_dict",
    "torchscript",
    "chunk_size_feed_forward",
    "finetuning_task",
    "task_specific_params",
    "tokenizer_class",
    "prefix",
    "max_length",
    "min_length",
    "do_sample",
    "num_beams",
    "temperature",
    "top_k",
    "top_p",
    "directionality",
    "pooler_fc_size",
    "pooler_num_attention_heads",
    "pooler_num_fc_layers",
    "pooler_size_per_head",
    "pooler_type",
    "label2id",
    "num_labels",
    "use_bfloat16",
    "tf_legacy_loss",
    "tie_encoder_decoder",
    "decoder_start_token_id",
    "early_stopping",
};

} // namespace

std::optional<std::int64_t> wholeNumber(const nlohmann::ordered_json &value)
{
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX)
        return {};
    if (!value.is_number_integer() && !value.is_number_unsigned())
        return {};
    return value.get<std::int64_t>();
}

const ConfigReader::Json *ConfigReader::find(const char *key)
{
    m_known.emplace_back(key);
    const auto found = m_object.find(key);
    return found == m_object.end() || found->is_null() ? nullptr : &*found;
}

int ConfigReader::integer(const char *key, int low, int high, std::optional<int> fallback)
{
    const Json *value = find(key);
    if (!value && fallback)
        return *fallback;
    const std::optional<std::int64_t> number =
        value ? wholeNumber(*value) : std::optional<std::int64_t>();
    if (!number || *number < low || *number > high)
        throw Error(ErrorKind::InvalidFile, messages::configInteger, m_origin, key, low, high,
                    value ? value->dump() : "nothing");
    return static_cast<int>(*number);
}

double ConfigReader::real(const char *key, double low, double high, double fallback)
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    const double number = value->is_number() ? value->get<double>() : low - 1;
    if (!(number >= low && number <= high))
        throw Error(ErrorKind::InvalidFile, messages::configReal, m_origin, key, low, high,
                    value->dump());
    return number;
}

std::string ConfigReader::text(const char *key, const std::string &fallback)
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    if (!value->is_string())
        throw Error(ErrorKind::InvalidFile, messages::configText, m_origin, key, value->dump());
    return value->get<std::string>();
}

bool ConfigReader::flag(const char *key, bool fallback)
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    if (!value->is_boolean())
        throw Error(ErrorKind::InvalidFile, messages::configFlag, m_origin, key, value->dump());
    return value->get<bool>();
}

std::vector<int> ConfigReader::integers(const char *key, int count, int low, int high)
{
    const Json *list = find(key);
    if (!list)
        return {};
    if (!list->is_array() || list->size() != static_cast<std::size_t>(count))
        throw Error(ErrorKind::InvalidFile, messages::configIntegers, m_origin, key, count, low,
                    high, list->dump());
    std::vector<int> numbers;
    for (const Json &value : *list) {
        const std::optional<std::int64_t> number = wholeNumber(value);
        if (!number || *number < low || *number > high)
            throw Error(ErrorKind::InvalidFile, messages::configIntegers, m_origin, key, count, low,
                        high, value.dump());
        numbers.push_back(static_cast<int>(*number));
    }
    return numbers;
}

void ConfigReader::require(const char *key, const Json &only)
{
    const Json *value = find(key);
    if (value && *value != only)
        throw Error(ErrorKind::Unsupported, messages::configUnsupported, m_origin, key,
                    value->dump(), only.dump());
}

bool ConfigReader::isKnown(const std::string &key) const
{
    return std::ranges::find(m_known, key) != m_known.end();
}

std::vector<Message> ConfigReader::unknownKeys() const
{
    std::vector<Message> warnings;
    for (const auto &[key, value] : m_object.items()) {
        if (!isKnown(key) && std::ranges::find(harmlessKeys, key) == harmlessKeys.end())
            warnings.push_back(message(messages::configUnknownKey, m_origin, key));
    }
    return warnings;
}

void ConfigReader::refuseUnknownKeys() const
{
    for (const auto &[key, value] : m_object.items()) {
        if (!isKnown(key))
            throw Error(ErrorKind::Unsupported, messages::configKeyNeeded, m_origin, key);
    }
}

} // namespace pare

#include "core/search/responsestore.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace pare {

namespace {

constexpr std::uint64_t limit = 500'000'000;

at::Tensor tensorOf(std::span<const float> values)
{
    at::Tensor tensor = at::empty({static_cast<std::int64_t>(values.size())}, at::kFloat);
    std::ranges::copy(values, tensor.data_ptr<float>());
    return tensor;
}

at::Tensor numbersOf(std::initializer_list<double> values)
{
    at::Tensor tensor = at::empty({static_cast<std::int64_t>(values.size())}, at::kDouble);
    std::ranges::copy(values, tensor.data_ptr<double>());
    return tensor;
}

std::vector<float> valuesOf(const at::Tensor &tensor)
{
    const at::Tensor wide = tensor.to(at::kFloat).contiguous();
    return {wide.data_ptr<float>(), wide.data_ptr<float>() + wide.numel()};
}

bool holds(const StatisticsStore::Tensors &tensors, const char *name, at::ScalarType type)
{
    const auto found = tensors.find(name);
    return found != tensors.end() && found->second.scalar_type() == type;
}

} // namespace

ResponseStore::ResponseStore(StatisticsStore store, std::string origin)
    : m_store(std::move(store))
    , m_origin(std::move(origin))
{}

ResponseStore ResponseStore::ofUser(std::string origin)
{
    ResponseStore store(std::move(origin));
    try {
        store.m_store.emplace(cacheFolder() / "responses", limit);
    } catch (const Error &) {
        // No cache folder: everything is measured each time.
    }
    return store;
}

std::string ResponseStore::keyOf(const std::string &what, const std::string &id) const
{
    Hasher hasher;
    hasher.add(m_origin).add(what).add(id);
    return hasher.hex();
}

bool ResponseStore::find(Response &response, std::int64_t labels) const
{
    const auto found = m_store ? m_store->find(keyOf("response", response.id)) : std::nullopt;
    if (!found || !holds(*found, "changes", at::kHalf) || !holds(*found, "numbers", at::kDouble) ||
        found->at("numbers").numel() != 4 || found->at("changes").numel() % labels != 0)
        return false;
    const double *numbers = found->at("numbers").data_ptr<double>();
    response.bytes = std::llround(numbers[0]);
    response.milliseconds = numbers[1];
    response.weightError = numbers[2];
    response.outputError = std::isnan(numbers[3]) ? std::nullopt : std::optional(numbers[3]);
    response.changes = valuesOf(found->at("changes"));
    return true;
}

void ResponseStore::keep(const Response &response, std::int64_t labels) const
{
    if (!m_store)
        return;
    const double outputs = response.outputError.value_or(std::numeric_limits<double>::quiet_NaN());
    m_store->keep(keyOf("response", response.id),
                  {{"changes", tensorOf(response.changes).reshape({-1, labels}).to(at::kHalf)},
                   {"numbers", numbersOf({static_cast<double>(response.bytes),
                                          response.milliseconds, response.weightError, outputs})}});
}

std::optional<StoredOriginal> ResponseStore::original(const std::string &id) const
{
    const auto found = m_store ? m_store->find(keyOf("original", id)) : std::nullopt;
    if (!found || !holds(*found, "logits", at::kFloat) || !holds(*found, "numbers", at::kDouble) ||
        found->at("numbers").numel() != 1)
        return std::nullopt;
    return StoredOriginal{valuesOf(found->at("logits")),
                          found->at("numbers").data_ptr<double>()[0]};
}

void ResponseStore::keepOriginal(const std::string &id, const StoredOriginal &original) const
{
    if (m_store)
        m_store->keep(keyOf("original", id), {{"logits", tensorOf(original.logits)},
                                              {"numbers", numbersOf({original.milliseconds})}});
}

std::vector<std::string> ResponseStore::pairs(const std::string &id) const
{
    std::vector<std::string> recipes;
    const auto found = m_store ? m_store->find(keyOf("pairs", id)) : std::nullopt;
    if (!found || !holds(*found, "text", at::kByte))
        return recipes;
    const at::Tensor &bytes = found->at("text");
    std::istringstream lines(
        std::string(reinterpret_cast<const char *>(bytes.data_ptr<std::uint8_t>()),
                    static_cast<std::size_t>(bytes.numel())));
    for (std::string line; std::getline(lines, line);)
        recipes.push_back(line);
    return recipes;
}

void ResponseStore::keepPairs(const std::string &id, const std::vector<std::string> &recipes) const
{
    if (!m_store)
        return;
    std::string text;
    for (const std::string &recipe : recipes)
        text += recipe + "\n";
    at::Tensor bytes = at::empty({static_cast<std::int64_t>(text.size())}, at::kByte);
    std::ranges::copy(text, reinterpret_cast<char *>(bytes.data_ptr<std::uint8_t>()));
    m_store->keep(keyOf("pairs", id), {{"text", bytes}});
}

void ResponseStore::keepToLimit() const
{
    if (m_store)
        m_store->keepToLimit();
}

} // namespace pare

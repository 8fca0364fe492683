#include "core/search/sweepforecast.h"

#include "core/base/error.h"
#include "core/base/files.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

/// Seconds a weight of a technique that was never seen here.
constexpr double usualMaking = 2e-8;
/// How much the latest sweep counts among those before it.
constexpr double latest = 0.3;
constexpr std::uint64_t largestFile = 1 << 20;

/// Sweeps whose memory is remembered.
constexpr std::size_t remembered = 16;
/// What is held beside what is kept, where nothing is known yet: batches on their way, what the allocator does not
/// give back.
constexpr double usualBeside = 4e7;
/// How much a guess counts beside one sweep.
constexpr double guess = 0.01;

/// A mean that forgets; the first value is taken as it is.
double blended(double before, double now, bool isFirst)
{
    return isFirst ? now : before + latest * (now - before);
}

Json contentOf(const std::filesystem::path &file)
{
    try {
        Json content = Json::parse(readFile(file, largestFile));
        return content.is_object() ? content : Json::object();
    } catch (const Error &) {
    } catch (const Json::exception &) {
    }
    return Json::object(); // nothing learnt yet, or nothing that can be read
}

double positive(const Json &json, const char *name, double otherwise)
{
    const auto found = json.find(name);
    if (found == json.end() || !found->is_number())
        return otherwise;
    const double value = found->get<double>();
    return std::isfinite(value) && value > 0 ? value : otherwise;
}

std::vector<SweepMemory> memoryIn(const Json &own)
{
    std::vector<SweepMemory> memory;
    const auto found = own.find("memory");
    if (found == own.end() || !found->is_array())
        return memory;
    for (const Json &pair : *found) {
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number() || !pair[1].is_number())
            continue;
        const SweepMemory sweep{pair[0].get<double>(), pair[1].get<double>()};
        if (std::isfinite(sweep.kept) && std::isfinite(sweep.held) && sweep.held > 0)
            memory.push_back(sweep);
    }
    return memory;
}

} // namespace

SweepRates SweepRates::ofUser(std::string machine)
{
    try {
        return {cacheFolder() / "sweep-rates.json", std::move(machine)};
    } catch (const Error &) {
        return {{}, std::move(machine)};
    }
}

SweepRates::SweepRates(std::filesystem::path file, std::string machine)
    : m_file(std::move(file))
    , m_machine(std::move(machine))
{
    const Json all = contentOf(m_file);
    const auto own = all.find(m_machine);
    if (own == all.end() || !own->is_object())
        return;
    m_sweeps = static_cast<int>(positive(*own, "sweeps", 0));
    m_passes = positive(*own, "passes", m_passes);
    m_memory = memoryIn(*own);
    if (const auto making = own->find("making"); making != own->end() && making->is_object()) {
        for (const auto &[technique, rate] : making->items())
            m_making[technique] = positive(*making, technique.c_str(), usualMaking);
    }
}

double SweepRates::makingSeconds(const SweepWork &work) const
{
    double seconds = 0;
    for (const auto &[technique, weights] : work.weights) {
        const auto rate = m_making.find(technique);
        seconds += weights * (rate == m_making.end() ? usualMaking : rate->second);
    }
    return seconds;
}

/// A line through the latest sweeps, by least squares of relative errors, drawn towards the guess.
double SweepRates::heldBytes(double kept) const
{
    double ones = guess / (usualBeside * usualBeside), x = 0, xx = guess;
    double y = guess / usualBeside, xy = guess;
    for (const SweepMemory &sweep : m_memory) {
        const double weight = 1 / (sweep.held * sweep.held);
        ones += weight;
        x += weight * sweep.kept;
        xx += weight * sweep.kept * sweep.kept;
        y += weight * sweep.held;
        xy += weight * sweep.kept * sweep.held;
    }
    const double slope = std::clamp((ones * xy - x * y) / (ones * xx - x * x), 0.25, 4.0);
    return std::max(0.0, (y - slope * x) / ones) + slope * kept;
}

SweepForecast SweepRates::forecast(const SweepWork &work) const
{
    const double making = makingSeconds(work);
    return {making + work.coarsePasses * work.secondsPerPass,
            making + m_passes * work.passes * work.secondsPerPass,
            std::llround(heldBytes(static_cast<double>(work.bytes))), m_sweeps};
}

void SweepRates::learn(const SweepWork &work, const SweepCost &cost)
{
    const bool isFirst = m_sweeps == 0;
    const double passes = work.passes * work.secondsPerPass;
    if (passes > 0 && cost.passSeconds > 0)
        m_passes = blended(m_passes, cost.passSeconds / passes, isFirst);
    if (work.bytes > 0 && cost.bytes > 0)
        m_memory.push_back({static_cast<double>(work.bytes), static_cast<double>(cost.bytes)});
    if (m_memory.size() > remembered)
        m_memory.erase(m_memory.begin());
    for (const auto &[technique, seconds] : cost.makingSeconds) {
        const auto weights = work.weights.find(technique);
        if (weights == work.weights.end() || weights->second <= 0 || seconds <= 0)
            continue;
        const auto [rate, isNew] = m_making.emplace(technique, 0);
        rate->second = blended(rate->second, seconds / weights->second, isNew);
    }
    ++m_sweeps;
    save();
}

void SweepRates::save() const
{
    if (m_file.empty())
        return;
    Json all = contentOf(m_file); // other machines share a home
    Json memory = Json::array();
    for (const SweepMemory &sweep : m_memory)
        memory.push_back({sweep.kept, sweep.held});
    all[m_machine] = {
        {"sweeps", m_sweeps}, {"passes", m_passes}, {"memory", memory}, {"making", m_making}};
    try {
        writeFile(m_file, all.dump(1));
    } catch (const Error &) {
        // Then the next forecast is as rough as this one.
    }
}

std::int64_t residentBytes()
{
    std::ifstream statm("/proc/self/statm");
    std::int64_t size = 0, resident = 0;
    return statm >> size >> resident ? resident * sysconf(_SC_PAGESIZE) : 0;
}

} // namespace pare

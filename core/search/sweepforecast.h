// How long a sweep will take and how much memory, from what the compared model takes here and now, and from
// what earlier sweeps on this machine took.
//
// What is learnt lies in the user's cache folder, a line to each machine and choice of kernels; without it forecasts
// are rougher. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pare {

/// What a sweep has to do, in units that do not depend on the machine.
struct SweepWork
{
    double coarsePasses = 0; ///< through the whole model, of one example each, for the coarse table
    double passes = 0;       ///< … and at most in all
    std::map<std::string, double> weights; ///< to be made, by technique
    double secondsPerPass = 0;             ///< measured just now
    std::int64_t bytes = 0;                ///< of networks, kept borders and kept weights
};

struct SweepForecast
{
    double coarseSeconds = 0;
    double seconds = 0;
    std::int64_t bytes = 0; ///< over what the program takes before
    int learntFrom = 0;     ///< sweeps on this machine
};

/// What a sweep took in the end.
struct SweepCost
{
    double passSeconds = 0;                      ///< asking
    std::map<std::string, double> makingSeconds; ///< by technique
    std::int64_t bytes = 0;
};

/// What a sweep was to keep, and what it held in the end.
struct SweepMemory
{
    double kept = 0; ///< SweepWork::bytes
    double held = 0; ///< SweepCost::bytes
};

class SweepRates
{
public:
    /// From the cache folder; `machine` names what rates depend on.
    static SweepRates ofUser(std::string machine);
    SweepRates(std::filesystem::path file, std::string machine);

    SweepForecast forecast(const SweepWork &work) const;
    /// Learns from a sweep that was carried out whole, and keeps it.
    void learn(const SweepWork &work, const SweepCost &cost);

private:
    double makingSeconds(const SweepWork &work) const;
    double heldBytes(double kept) const;
    void save() const;

    std::filesystem::path m_file;
    std::string m_machine;
    int m_sweeps = 0;
    double m_passes = 0.6; ///< seconds of asking, for each second that all passes would take
    std::vector<SweepMemory> m_memory;      ///< of the latest sweeps
    std::map<std::string, double> m_making; ///< seconds a weight, by technique
};

/// What the program holds in memory now; 0 where the system does not say.
std::int64_t residentBytes();

} // namespace pare

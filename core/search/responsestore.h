// Keeps response tables between runs of the program, response by response, in the user's cache
// folder: all of it can be measured again, so nothing here ever fails.
//
// Any number of threads and processes may share the folder, and be killed.
#pragma once

#include "core/compression/statisticsstore.h"
#include "core/search/responsetable.h"

#include <optional>
#include <string>

namespace pare {

/// The answers to all examples of the model that responses are compared with, and its time for one.
struct StoredOriginal
{
    std::vector<float> logits; ///< [examples, labels], in the data's order
    double milliseconds = 0;
};

class ResponseStore
{
public:
    /// `origin`: what a response follows from beside the id of its experiment.
    ResponseStore(StatisticsStore store, std::string origin);
    /// In the user's cache folder; keeps nothing where there can be none.
    static ResponseStore ofUser(std::string origin);

    /// Fills in what was measured of the response with that id, place and recipe. False: nothing.
    bool find(Response &response, std::int64_t labels) const;
    void keep(const Response &response, std::int64_t labels) const;

    std::optional<StoredOriginal> original(const std::string &id) const;
    void keepOriginal(const std::string &id, const StoredOriginal &original) const;

    /// Recipes of pairs that were asked together, one text each, of the model whose experiment has that id.
    std::vector<std::string> pairs(const std::string &id) const;
    void keepPairs(const std::string &id, const std::vector<std::string> &recipes) const;

    void keepToLimit() const;

private:
    explicit ResponseStore(std::string origin)
        : m_origin(std::move(origin))
    {}
    std::string keyOf(const std::string &what, const std::string &id) const;

    std::optional<StatisticsStore> m_store;
    std::string m_origin;
};

} // namespace pare

// Finds the tensors of layers in one safetensors file, whatever prefix it uses, and builds their
// weights, plain or packed, over the mapped bytes. Belongs to whoever opens the file; any one thread.
#pragma once

#include "core/model/architecture.h"
#include "core/tensors/safetensorsfile.h"
#include "core/weights/weight.h"

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

class WeightReader
{
public:
    /// `prefix`: what tensors may or may not begin with ("bert."). Throws InvalidFile for packings
    /// that cannot be read, Unsupported for those of a newer format.
    WeightReader(std::shared_ptr<const SafetensorsFile> file, std::string_view prefix);

    bool has(const Layer &layer) const;
    bool isCompressed() const { return !m_packings.empty(); }

    /// Throws InvalidFile where a tensor is missing, or of another shape or type.
    LayerWeights read(const Layer &layer);

    /// Tensors that no layer asked for.
    std::vector<std::string> unused() const;

private:
    void readPackings();
    void readPackings(const nlohmann::ordered_json &document);
    const SafetensorsEntry *find(const std::string &name) const;
    at::Tensor tensor(const Layer &layer, const std::string &name,
                      const std::vector<std::int64_t> &shape);
    Weight readPacked(const Layer &layer, const nlohmann::ordered_json &description);

    std::shared_ptr<const SafetensorsFile> m_file;
    std::string m_origin;
    std::string m_prefix;
    std::map<std::string, nlohmann::ordered_json> m_packings;
    std::set<std::string> m_used;
};

} // namespace pare

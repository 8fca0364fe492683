// Rebuilds one Factor from the tensors of a file; only for Factor::unpacked().
#pragma once

#include "core/weights/factor.h"
#include "core/weights/masks.h"

#include <nlohmann/json_fwd.hpp>

namespace pare {

class FactorReader
{
public:
    FactorReader(const nlohmann::ordered_json &description, const std::string &prefix,
                 const std::map<std::string, StoredTensor> &tensors, const std::string &origin);

    /// Checks everything before it is allocated or used; throws InvalidFile.
    Factor read();

private:
    const at::Tensor &tensor(const std::string &name, DType dtype,
                             const std::vector<std::int64_t> &shape) const;
    void readMaskEncoding();
    void readMask();
    void readSlots();
    void readCodes();
    void readKeptCodes();
    void checkCodes(const at::Tensor &codes, std::int64_t count) const;
    void checkDenseMask();

    const nlohmann::ordered_json &m_description;
    const std::string &m_prefix;
    const std::map<std::string, StoredTensor> &m_tensors;
    const std::string &m_origin;
    Factor m_factor;
    MatrixSize m_size;
    std::int64_t m_kept = 0;
};

} // namespace pare

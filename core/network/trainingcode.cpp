#include "core/network/trainingcode.h"

#include "core/network/kernels/vectorcode.h"

namespace pare {

const TrainingCode *trainingCode(std::string_view name)
{
    for (const VectorCode *supported : supportedVectorCode()) {
        if (supported->name != name)
            continue;
        for (const TrainingCode *code :
             {&trainingCodeAvx512, &trainingCodeAvx2, &trainingCodeSse2}) {
            if (code->name == name)
                return code;
        }
    }
    return nullptr;
}

const TrainingCode &trainingCode()
{
    static const TrainingCode &best = *trainingCode(vectorCode().name);
    return best;
}

} // namespace pare

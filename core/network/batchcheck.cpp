#include "core/network/batchcheck.h"

#include "core/base/error.h"
#include "core/model/specification.h"
#include "core/network/messages.h"
#include "core/network/packedbatch.h"

namespace pare {

void checkBatch(const PackedBatch &batch, const EmbeddingSpecification &embedding)
{
    for (const std::int64_t id : batch.ids) {
        if (id < 0 || id >= embedding.vocabulary)
            throw Error(ErrorKind::InvalidSetting, messages::networkToken, id,
                        embedding.vocabulary);
    }
    for (const PackedBatch::Group &group : batch.groups) {
        if (group.length > embedding.positions)
            throw Error(ErrorKind::InvalidSetting, messages::networkTooLong, group.length,
                        embedding.positions);
    }
    for (const std::int64_t type : batch.types) {
        if (type < 0 || type >= embedding.tokenTypes)
            throw Error(ErrorKind::Unsupported, messages::networkTypes, type, embedding.tokenTypes);
    }
}

} // namespace pare

// Recipes of all kinds, for tests that hold for each.
#pragma once

#include "core/base/random.h"

#include <initializer_list>
#include <string>

namespace pare::test {

/// One random step on random layers, from all families.
inline std::string randomStep(Random &random)
{
    const auto pick = [&](std::initializer_list<const char *> texts) {
        return *(texts.begin() + random.below(texts.size()));
    };
    const std::string layers =
        pick({"", " @ role=query,key", " @ block=0-1 and not role=norm", " @ *.ffn.*",
              " @ embedding.token", " @ encoder.1.*,pooler", " @ role=value,output,up,down"});
    const std::string technique = pick(
        {"quantize.affine",   "quantize.affine",     "prune.magnitude",     "factorize.svd",
         "share.layers",      "quantize.half",       "quantize.bfloat16",   "quantize.ternary",
         "quantize.binary",   "factorize.embedding", "prune.wanda",         "quantize.gptq",
         "quantize.awq",      "quantize.int8",       "quantize.codebook",   "share.codebook",
         "factorize.asvd",    "factorize.svd-llm",   "prune.sparsegpt",     "factorize.fwsvd",
         "prune.first-order", "prune.heads",         "prune.neurons",       "prune.layers",
         "prune.vocabulary",  "factorize.safe",      "factorize.kronecker", "quantize.smoothquant",
         "quantize.llm-int8"});
    if (technique == "prune.heads")
        return technique + pick({"", " count=1", " importance=gradient"}) +
               pick({"", " @ block=1", " @ role=query"});
    if (technique == "prune.neurons")
        return technique +
               pick(
                   {"", " keep=0.2", " count=5 importance=activation", " importance=first-order"}) +
               pick({"", " @ block=0-1"});
    if (technique == "prune.layers")
        return technique +
               pick({"", " mode=last", " count=2 mode=importance", " keep=0 @ block=1"});
    if (technique == "prune.vocabulary")
        return technique;
    if (technique == "factorize.kronecker")
        return technique + pick({"", " keep=0.1", " block=4x2", " block=8x8"}) +
               pick({"", " @ role=query,key", " @ *.ffn.*", " @ embedding.token"});
    if (technique == "factorize.fwsvd")
        return technique + pick({" rank=3", " keep=0.4", " energy=0.7"}) +
               pick({"", " @ role=query,key"});
    if (technique == "prune.first-order")
        return technique + pick({"", " pattern=2:4", " sparsity=0.7 scope=row", " block=2x4"}) +
               layers;
    if (technique == "factorize.asvd" || technique == "factorize.svd-llm")
        return technique +
               pick({" rank=3", " keep=0.4", " keep=0.8 inputs=original", " energy=0.8",
                     " error=0.6"}) +
               pick({"", " @ role=query,key", " @ *.ffn.*"});
    const std::string linear =
        pick({"", " @ role=query,key", " @ *.ffn.*", " @ encoder.1.*,pooler"});
    if (technique == "prune.sparsegpt")
        return technique +
               pick({"", " pattern=2:4", " sparsity=0.7 scope=row", " inputs=original",
                     " block=4x2"}) +
               linear;
    if (technique == "quantize.gptq" || technique == "quantize.awq")
        return technique + pick({"", " bits=4 group=8", " bits=3 symmetric=no clip=mse"}) +
               pick({"", " inputs=original"}) + linear;
    if (technique == "quantize.int8")
        return technique + linear;
    if (technique == "quantize.smoothquant")
        return technique + pick({"", " alpha=0.8", " inputs=original"}) + linear;
    if (technique == "quantize.llm-int8")
        return technique + pick({"", " threshold=2", " threshold=0", " inputs=original"}) + linear;
    if (technique.ends_with("codebook"))
        return technique + pick({"", " k=5 group=12", " k=3 granularity=channel"}) + layers;
    if (technique == "prune.wanda")
        return technique +
               pick({"", " pattern=2:4", " sparsity=0.7 scope=matrix", " sparsity=0.3 scope=global",
                     " sparsity=0.6 inputs=original", " block=2x2", " block=4x1 scope=global"}) +
               pick({"", " @ role=query,key", " @ *.ffn.*", " @ encoder.1.*,pooler"});
    if (technique == "quantize.half" || technique == "quantize.bfloat16")
        return technique + layers;
    if (technique == "quantize.ternary" || technique == "quantize.binary")
        return technique + pick({"", " granularity=tensor", " group=7"}) + layers;
    if (technique == "factorize.embedding")
        return technique + pick({"", " rank=4", " keep=0.9"});
    if (technique == "factorize.safe")
        return technique + pick({"", " rank=4 heads=2", " keep=0.9"});
    if (technique == "quantize.affine")
        return technique + " bits=" + std::to_string(2 + random.below(7)) +
               pick({"", " group=5", " granularity=tensor", " group=16"}) +
               pick({"", " symmetric=no"}) + layers;
    if (technique == "prune.magnitude")
        return technique +
               pick({" sparsity=0.5", " sparsity=0.97", " sparsity=0.1", " pattern=2:4",
                     " sparsity=0.6 scope=row", " sparsity=0.4 scope=global", " sparsity=1",
                     " block=2x4", " block=4x4 scope=row", " block=1x2 scope=global"}) +
               layers;
    if (technique == "factorize.svd")
        return technique +
               pick({" rank=3", " keep=0.4", " keep=0.8", " energy=0.7", " error=0.5"}) +
               pick({"", " @ role=query,key", " @ *.ffn.*"});
    return technique +
           pick({" mode=all", " mode=attention", " mode=ffn", " mode=sandwich",
                 " mode=all @ block=1-2", " mode=groups groups=2", " every=2 keep-weights=average",
                 " mode=cycle", " mode=cycle-reverse groups=2 keep-weights=average"});
}

} // namespace pare::test

// How a look at a layer becomes a job of the Look lane; for the files of the document that start one.
#pragma once

#include "app/document/document.h"

#include <memory>
#include <utility>

namespace pare {

template <class Value>
void Document::startLayerLook(LookJobs &jobs, std::function<Value(Progress &)> work,
                              std::function<void(const Value &)> ended)
{
    const auto result = std::make_shared<Value>();
    jobs.ids.push_back(startLook(
        [result, work = std::move(work)](Progress &progress) { *result = work(progress); },
        [result, ended = std::move(ended), &jobs,
         request = jobs.request](const JobOutcome &outcome) {
            if (outcome.result == JobResult::Finished && request == jobs.request)
                ended(*result);
        }));
}

} // namespace pare

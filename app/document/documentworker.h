// What stays on the Work lane between two jobs of the same model and data. Made, used and destroyed
// there.
#pragma once

#include "app/document/document.h"
#include "app/document/documentplan.h"
#include "core/experiment/experiment.h"

namespace pare {

struct Document::Worker
{
    ExperimentOptions options;
    std::unique_ptr<Experiment> experiment;

    /// What nobody looks at may differ, so that the original is not measured again for it.
    bool sameCalibration(const ExperimentOptions &wanted, const Recipe &recipe) const
    {
        return !calibratedTechnique(recipe) ||
               (wanted.calibration == options.calibration &&
                wanted.calibrationExamples == options.calibrationExamples);
    }

    Experiment &opened(const ExperimentOptions &wanted, const Recipe &recipe, Progress &progress)
    {
        const bool same = experiment && wanted.model == options.model &&
                          wanted.data == options.data && wanted.seed == options.seed &&
                          wanted.threads == options.threads && sameCalibration(wanted, recipe) &&
                          (!recipe.training || wanted.train == options.train);
        if (!same) {
            experiment.reset();
            experiment = std::make_unique<Experiment>(wanted, progress);
            options = wanted;
        }
        return *experiment;
    }
};

} // namespace pare

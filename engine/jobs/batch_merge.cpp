#include "engine/jobs/batch_merge.h"

#include <algorithm>

#include "engine/core/parallel.h"
#include "engine/jobs/csv.h"

namespace stubble {
namespace fs = std::filesystem;

BatchSummary verifyBatch(const fs::path& folder, const BatchManifest& manifest, Progress* progress) {
    constexpr std::size_t kBlock = 256;
    BatchSummary summary;
    const std::size_t count = manifest.imageCount();
    summary.records.resize(count);
    for (std::size_t begin = 0; begin < count; begin += kBlock) {
        if (progress)
            progress->report(static_cast<double>(begin) / static_cast<double>(count), "checking pictures");
        const std::size_t end = std::min(begin + kBlock, count);
        tbb::parallel_for(begin, end, [&](std::size_t i) {
            summary.records[i] = readRecord(manifest, folder, batchImage(manifest, i));
        });
    }
    for (std::size_t i = 0; i < count; ++i) {
        const BatchRecord& record = summary.records[i];
        if (record.state == BatchState::missing) summary.missing.push_back(i);
        if (record.state == BatchState::damaged) summary.damaged.push_back(i);
        if (record.state != BatchState::done) continue;
        ++summary.done;
        ++summary.renderers[record.renderer];
        ++summary.programs[record.program];
    }
    return summary;
}

std::vector<std::size_t> shardsToRender(const BatchSummary& summary, std::size_t shards) {
    std::vector<std::size_t> images;
    std::ranges::merge(summary.missing, summary.damaged, std::back_inserter(images));
    std::vector<std::size_t> numbers;
    const std::size_t count = summary.records.size();
    auto image = images.begin();
    for (std::size_t shard = 0; shard < shards && image != images.end(); ++shard) {
        const std::size_t end = BatchShard{shard, shards}.end(count);
        if (*image < end) numbers.push_back(shard);
        while (image != images.end() && *image < end) ++image;
    }
    return numbers;
}

std::string arrayText(const std::vector<std::size_t>& numbers) {
    std::string text;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
        if (!text.empty()) text += ',';
        text += std::to_string(numbers[i]);
        if (last > i) text += (last > i + 1 ? '-' : ',') + std::to_string(numbers[last]);
        i = last + 1;
    }
    return text;
}

std::string batchCsv(const BatchManifest& manifest, const BatchSummary& summary) {
    std::string csv = "image,file,design,camera,light,width,height,state,bytes,xxh3,renderer\n";
    for (std::size_t i = 0; i < summary.records.size(); ++i) {
        const BatchImage image = batchImage(manifest, i);
        const BatchSize& size = manifest.sizes[image.size];
        const BatchRecord& record = summary.records[i];
        const bool done = record.state == BatchState::done;
        const char* const state = done ? "done" : record.state == BatchState::missing ? "missing" : "damaged";
        csv += fmt::format("{},{},{},{},{},{},{},{},", i, csvField(batchFile(manifest, image)),
                           csvField(manifest.scenes[image.scene].name),
                           csvField(manifest.cameras[image.camera].name), manifest.lights[image.light],
                           size.width, size.height, state);
        // What a damaged picture's record tells is not of the file.
        if (done) csv += fmt::format("{},{},{}\n", record.bytes, record.xxh3, csvField(record.renderer));
        if (!done) csv += ",,\n";
    }
    return csv;
}

}  // namespace stubble

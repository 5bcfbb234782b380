from corpus_assets_tests.sample_fixtures import sample_lake, sample_published, sample_release

__all__ = ["sample_lake", "sample_published", "sample_release"]

package io.github.shmlens.source;

/// Told what a search finds, while it goes on, on the searching thread.
public interface SearchListener extends SearchWatch {

    void found(SearchHits hits);
}

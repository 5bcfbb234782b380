/// The cells of a grid from the outside inwards, clockwise from the top left.
pub fn spiral<T: Copy>(grid: &[Vec<T>]) -> Vec<T> {
    let width = grid.first().map_or(0, Vec::len);
    let (mut top, mut bottom, mut left, mut right) = (0, grid.len(), 0, width);
    let mut cells = Vec::with_capacity(bottom * width);
    while top < bottom && left < right {
        cells.extend(&grid[top][left..right]);
        top += 1;
        cells.extend((top..bottom).map(|row| grid[row][right - 1]));
        right -= 1;
        if top < bottom {
            bottom -= 1;
            cells.extend(grid[bottom][left..right].iter().rev());
        }
        if left < right {
            cells.extend((top..bottom).rev().map(|row| grid[row][left]));
            left += 1;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::spiral;

    #[test]
    fn shapes() {
        assert_eq!(spiral(&[vec![1, 2, 3], vec![4, 5, 6], vec![7, 8, 9]]), [1, 2, 3, 6, 9, 8, 7, 4, 5]);
        assert_eq!(spiral(&[vec![1, 2, 3]]), [1, 2, 3]);
        assert_eq!(spiral(&[vec![1], vec![2]]), [1, 2]);
        assert!(spiral::<u8>(&[]).is_empty());
    }
}
